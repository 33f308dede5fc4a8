"""Measures: pure functions from stored tables to figures. They never fetch and never draw."""
