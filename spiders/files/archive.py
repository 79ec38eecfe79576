"""ZIP archives: each member by the rules of its own kind, archives inside archives once more and no deeper."""

from typing import Final

from db.facts import FileOutcome, FileRead
from spiders.files.contents import MAX_BYTES, Contents, EndedError, Source
from spiders.files.read import read_member
from spiders.files.zips import ZipSource, shown_name

MAX_DEPTH: Final = 2
MAX_FILES: Final = 100  # read of one archive
_JUNK: Final = ("__macosx/", "thumbs.db", ".ds_store", "desktop.ini")
# What is told of the whole, the gravest first: what one member hides may be what somebody looks for.
_GRAVEST: Final = (
    FileOutcome.BROKEN,
    FileOutcome.TOO_LARGE,
    FileOutcome.ENCRYPTED,
    FileOutcome.UNSUPPORTED,
    FileOutcome.SCANNED,
)


def read(source: Source, contents: Contents) -> None:
    """Adds what the members say. Raises EndedError with the gravest outcome of a member."""
    if source.depth >= MAX_DEPTH:
        raise EndedError(FileOutcome.UNSUPPORTED)
    container = ZipSource(source.body)
    members = [member for member in container.members if not _is_junk(shown_name(member))]
    files = [(shown_name(member), member) for member in members[:MAX_FILES]]
    outcomes = {FileOutcome.TOO_LARGE} if len(members) > MAX_FILES else set()
    shown = False
    for name, member in files:
        try:
            body = container.read(member, MAX_BYTES)
        except EndedError as ended:
            outcomes.add(ended.outcome)
            continue
        file = read_member(name, "", None, body, source.depth + 1)
        shown = shown or file.outcome is FileOutcome.READ
        if file.kind != "image":  # photographs beside documents hide nothing
            outcomes.add(file.outcome)
        _add(contents, file)
    if not shown and files and not outcomes:
        raise EndedError(FileOutcome.SCANNED)
    for outcome in _GRAVEST:
        if outcome in outcomes:
            raise EndedError(outcome)


def _add(contents: Contents, file: FileRead) -> None:
    contents.say(file.name)
    contents.say(file.text)
    for table in file.tables:
        contents.add_table(table, in_text=False)  # the member's text holds its rows
    contents.date(file.created)


def _is_junk(name: str) -> bool:
    low = name.replace("\\", "/").lower()
    return low.startswith(_JUNK[0]) or low.rsplit("/", 1)[-1] in _JUNK
