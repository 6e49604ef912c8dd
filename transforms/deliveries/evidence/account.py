"""Whose a table is: told by its cells, a name, a sibling or the folder it lies in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from transforms.deliveries.evidence import hints
from transforms.deliveries.survey import Surveyed, Whole

_WORTH_COUNTING = 2000
"""Records from which counting what repeats costs less than reading every cell."""


@dataclass(frozen=True)
class Account:
    """The account that exported a table.

    Attributes
    ----------
    ref
        As history names it: the platform's id, else the handle.
    told_by
        What told it, as a person says it.
    """

    ref: str
    handle: str | None
    told_by: str


def own_account(entry: Surveyed, whole: Whole) -> Account | None:
    """Take the exporting account from the cells, else from a name its platform gave.

    An export can list posts of others (collaborations): the exporting account is the one whose
    folder the file lies in, if the cells have it, else the one with most records of the whole.
    A list of accounts is nobody's. The page in a name of LinkedIn's need not be its handle, so that
    it only counts outside of a folder.
    """
    if entry.export.lists_accounts:
        return None
    if "account_ref" in entry.export.columns and (account := _in_cells(entry, whole)):
        return account
    if named := hints.handle_in_names(entry.file.names, entry.export.platform):
        return Account(named, named, "its name")
    if entry.export.platform == "linkedin" and not entry.file.handle:
        page = hints.page_in_names(entry.file.names)
        return Account(page, page, "its name") if page else None
    return None


def _in_cells(entry: Surveyed, whole: Whole) -> Account | None:
    columns = entry.export.columns
    told = columns.get("account_handle")
    handle = told.value if told else pl.lit(None, pl.String)
    account = columns["account_ref"].value
    written = {*account.meta.root_names(), *handle.meta.root_names()}
    cells = _counted(whole.data, sorted(written))
    named = cells.select_seq("records", ref=account, handle=handle)
    if named.get_column("ref").has_nulls():
        named = named.drop_nulls("ref")
    if named.is_empty():
        return None
    ref, spelled = _foremost(named, entry.file.handle or "")
    in_own_folder = entry.file.platform == entry.export.platform
    return Account(ref, spelled or (entry.file.handle if in_own_folder else None), "its cells")


def _counted(data: pl.DataFrame, written: list[str]) -> pl.DataFrame:
    """Give what is written in some columns with its number of records; of many records once."""
    if data.height < _WORTH_COUNTING:
        return data.with_columns_seq(records=1)
    return data.group_by(written).len("records")


def _foremost(named: pl.DataFrame, folder: str) -> tuple[str, str | None]:
    """Give the account that the folder is named for, else the one with most records."""
    if named.get_column("ref").n_unique() == 1:
        return named.item(0, "ref"), named.select_seq(pl.col("handle").min()).item()
    is_folder = (pl.col("handle") == folder) | (pl.col("ref") == folder)
    counted = (
        named.group_by("ref")
        .agg(pl.col("records").sum(), handle=pl.col("handle").drop_nulls().min())
        .sort(
            is_folder.fill_null(value=False),
            "records",
            "ref",
            descending=[True, True, False],
        )
    )
    ref, _, spelled = counted.row(0)
    return ref, spelled


def settle_accounts(own: Mapping[Surveyed, Account | None]) -> dict[Surveyed, Account | None]:
    """Give each table its own word, else its siblings' if they agree, else its folder's."""
    near: dict[str | None, set[Account]] = defaultdict(set)
    for entry, account in own.items():
        if account:
            near[entry.export.platform].add(account)
    return {
        entry: account
        if entry.export.lists_accounts
        else account or _lent(near[entry.export.platform]) or _of_folder(entry)
        for entry, account in own.items()
    }


def _lent(siblings: set[Account]) -> Account | None:
    refs = {sibling.ref for sibling in siblings}
    if len(refs) != 1:
        return None
    handle = max(sibling.handle or "" for sibling in siblings)
    return Account(refs.pop(), handle or None, "a sibling")


def _of_folder(entry: Surveyed) -> Account | None:
    handle = entry.file.handle
    return Account(handle, handle, "its folder") if handle else None


def account_notes(entry: Surveyed, account: Account | None) -> Iterator[str]:
    """Say where the path disagrees with the file."""
    file, export = entry.file, entry.export
    if export.lists_accounts:
        return
    if file.platform and file.platform != export.platform:
        yield f"lies under {file.platform}, is of {export.platform}: the file is believed"
    elif account and account.handle and file.handle not in (None, account.handle, account.ref):
        yield (
            f"lies under {file.handle}, but is of {account.handle} ({account.ref}), told by "
            f"{account.told_by}: that is believed"
        )
