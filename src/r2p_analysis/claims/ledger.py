"""Judging claims: the figures of each part, the relation to what was claimed, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace

from r2p_analysis.claims.checks import find_check
from r2p_analysis.claims.document import Claim, Part
from r2p_analysis.claims.outcome import CANNOT, FAILS, Outcome, verdict
from r2p_analysis.claims.relations import judge
from r2p_analysis.exhibits.words import listed, numeral, plural, sentence
from r2p_analysis.store import Tables


@dataclass(frozen=True)
class Judged:
    """A claim with its verdict.

    Attributes
    ----------
    claim : Claim
        What is claimed.
    verdict : str
        One of the five verdicts.
    reason : str
        Sentence that says how the parts came out.
    outcomes : tuple of Outcome
        One for each part.
    tables : tuple of str
        Tables that were read.
    """

    claim: Claim
    verdict: str
    reason: str
    outcomes: tuple[Outcome, ...]
    tables: tuple[str, ...]

    @property
    def main(self) -> Outcome:
        """The outcome that stands for the claim: the first decided one with a number, else the first decided."""
        own = [o for o, part in zip(self.outcomes, self.claim.parts, strict=True) if not part.proxy]
        decided = [o for o in own if o.word != CANNOT]
        numbered = [o for o in decided if o.number is not None]
        return (numbered or [o for o in decided if o.current] or decided or own)[0]


def evaluate(claim: Claim, tables: Tables) -> Judged:
    """Judge a claim by its parts.

    Parameters
    ----------
    claim : Claim
        As `load_document` gives it.
    tables : Tables
        Stored tables.

    Returns
    -------
    Judged
        With the verdict, computed from the outcomes of the parts that are no proxies, and never typed.
    """
    with tables.recording() as names:
        outcomes = tuple(_outcome(part, claim.id, tables) for part in claim.parts)
    words = [o.word for o, part in zip(outcomes, claim.parts, strict=True) if not part.proxy]
    return Judged(claim, verdict(words), _reason(words), outcomes, tuple(sorted(names)))


def _outcome(part: Part, claim: str, tables: Tables) -> Outcome:
    with tables.recording() as names:
        found = find_check(part.check, dict(part.arguments), claim)(tables, **part.arguments)
        outcome = found if isinstance(found, Outcome) else judge(found, part.relation)
    if outcome.vintage or not names:
        return outcome
    by_release: dict[str, dict[str, None]] = {}
    for record in (tables.provenance(name) for name in sorted(names)):
        by_release.setdefault(record.version, {})[record.producer] = None
    vintages = [
        f"{_producers(list(producers))}: {release}" if release else _producers(list(producers))
        for release, producers in by_release.items()
    ]
    return replace(outcome, vintage="; ".join(vintages))


def _producers(names: list[str]) -> str:
    """Name producers once, those whose figures one of them republishes beside it."""
    own = [name for name in names if not any(name.endswith(f"republished by {other}") for other in names)]
    told = []
    for name in own:
        suffix = f", republished by {name}"
        others = [other.removesuffix(suffix) for other in names if other.endswith(suffix)]
        told.append(f"{name} with {listed(others)}" if others else name)
    return "; ".join(told)


def _reason(words: list[str]) -> str:
    if len(words) == 1:
        return sentence(f"it {words[0]}")
    if len(set(words)) == 1:
        return sentence(_alike(words[0], len(words)))
    counted = [f"{numeral(words.count(word))} {_number(word, words.count(word))}" for word in dict.fromkeys(words)]
    return sentence(f"of {plural(len(words), 'part')}, {listed(counted)}")


def _alike(word: str, count: int) -> str:
    if word in (FAILS, CANNOT):
        none = "neither part" if count == 2 else f"none of {numeral(count)} parts"
        return f"{none} {word.replace('does not hold', 'holds').replace('cannot', 'can')}"
    return f"{'both' if count == 2 else f'all {numeral(count)}'} parts {_number(word, count)}"


def _number(word: str, count: int) -> str:
    if count == 1:
        return word
    return word.replace("holds", "hold").replace("does not", "do not")
