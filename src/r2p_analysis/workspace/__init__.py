"""Where the project's files lie: tables, notebooks, settings and outputs, and how a user gets a folder of them."""

from r2p_analysis.workspace.finding import SETTINGS_FILE, Workspace, find_workspace
from r2p_analysis.workspace.layers import Layers
from r2p_analysis.workspace.making import make_workspace, refuse_inside_packages, workspace_to_write

__all__ = [
    "SETTINGS_FILE",
    "Layers",
    "Workspace",
    "find_workspace",
    "make_workspace",
    "refuse_inside_packages",
    "workspace_to_write",
]
