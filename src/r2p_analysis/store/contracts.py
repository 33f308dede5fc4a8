"""Checking a table against its contract before it is stored."""

from __future__ import annotations

import pandas as pd

from r2p_analysis import countries
from r2p_analysis.errors import ContractError
from r2p_analysis.sources.cells import is_date
from r2p_analysis.sources.contract import Column, Table

_TYPES = {
    "integer": "Int64",
    "number": "Float64",
    "text": "string",
    "boolean": "boolean",
    "bytes": "object",
    "date": "string",
}


def check(frame: pd.DataFrame, contract: Table) -> pd.DataFrame:
    """Check columns, types, ranges, codes, the key and the table's own rules.

    Parameters
    ----------
    frame : pandas.DataFrame
        As a source's ``parse`` gives it.
    contract : Table
        What it must be.

    Returns
    -------
    pandas.DataFrame
        The same values with the contract's types.

    Raises
    ------
    ContractError
        Of one line, for the first rule that is broken.
    """
    import pandera.pandas as pandera
    from pandera.errors import SchemaError, SchemaErrors

    schema = pandera.DataFrameSchema(
        {column.name: _pandera_column(pandera, column) for column in contract.columns},
        coerce=True,
        unique=list(contract.key),
    )
    if frame.empty:
        raise ContractError(f"{contract.name}: expected rows, got none")
    if list(frame.columns) != contract.column_names:
        raise ContractError(
            f"{contract.name}: expected columns {', '.join(contract.column_names)}; "
            f"got {', '.join(map(str, frame.columns))}"
        )
    _refuse_truths(frame, contract)
    try:
        checked: pd.DataFrame = schema.validate(frame)
    except (SchemaError, SchemaErrors) as error:
        raise ContractError(f"{contract.name}: {_one_line(error)}") from None
    for column in contract.columns:
        if column.kind == "number":
            _check_finite(checked, column, contract)
        if column.kind == "date":
            _check_dates(checked, column, contract)
        if column.place:
            _check_places(checked, column, contract)
    for rule in contract.checks:
        wrong = rule(checked)
        if wrong:
            raise ContractError(f"{contract.name}: {wrong}; the producer's file changed: look before storing it")
    return checked


def _pandera_column(pandera, column: Column):  # type: ignore[no-untyped-def]  # the module is imported late, it is slow
    checks = []
    if column.minimum is not None:
        checks.append(pandera.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pandera.Check.le(column.maximum))
    if column.allowed:
        checks.append(pandera.Check.isin(list(column.allowed)))
    return pandera.Column(_TYPES[column.kind], checks=checks, nullable=column.nullable)


def _refuse_truths(frame: pd.DataFrame, contract: Table) -> None:
    """A change of type would let true through as 1."""
    for column in contract.columns:
        cells = frame[column.name]
        if column.kind in ("integer", "number") and (
            pd.api.types.is_bool_dtype(cells.dtype)
            or (cells.dtype == object and any(pd.api.types.is_bool(cell) for cell in cells))
        ):
            raise ContractError(f"{contract.name}: expected numbers in {column.name}, got true or false")


def _check_finite(frame: pd.DataFrame, column: Column, contract: Table) -> None:
    if (frame[column.name].dropna().abs() == float("inf")).any():
        raise ContractError(f"{contract.name}: expected numbers in {column.name}, got one without end")


def _check_dates(frame: pd.DataFrame, column: Column, contract: Table) -> None:
    bad = [text for text in frame[column.name].dropna().unique() if not is_date(text)]
    if bad:
        raise ContractError(f'{contract.name}: {column.name} "{bad[0]}" is no day; expected YYYY, YYYY-MM, YYYY-MM-DD')


def _check_places(frame: pd.DataFrame, column: Column, contract: Table) -> None:
    known = {country.iso3 for country in countries.all_countries()}
    unknown = sorted(set(frame[column.name].dropna()) - known)
    if unknown:
        raise ContractError(
            f"{contract.name}: {column.name} holds unknown codes {', '.join(unknown[:5])}; "
            "add them to the country table or mend the file"
        )


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 300 else text[:297] + "..."
