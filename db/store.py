"""Opening a store: SQLite beside the user's files, or PostgreSQL; migrated to the newest tables."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

_MIGRATIONS = Path(__file__).with_name("migrations")


class StoreError(Exception):
    """The database cannot be opened, read or written. The message is one line for the user."""


def open_store(url: str, *, create: bool = True) -> Engine:
    """An engine on the database at `url` (an SQLAlchemy address), its tables at the newest version.

    Raises StoreError where the address is wrong, the server is away, or the file cannot be written; and, with
    `create` off, where an SQLite file does not exist yet.
    """
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise StoreError(f"{_shown(url)}: needs the driver {error.name}; pip install 'gongkai[postgres]'") from None
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(f"{_shown(url)}: not a database address ({_first_line(error)})") from None
    if engine.dialect.name == "sqlite":
        database = engine.url.database
        if not create and database and database != ":memory:" and not Path(database).exists():
            raise StoreError(f"{_shown(url)}: no such database yet; run `gongkai crawl` or `gongkai audit` first")
        _prepare_sqlite(engine)
    try:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (DBAPIError, SQLAlchemyError, CommandError, OSError) as error:
        engine.dispose()
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        raise StoreError(f"{_shown(url)}: cannot be opened for writing ({_first_line(cause)})") from None
    return engine


def archive_folder(url: str) -> Path:
    """Where the evidence of a store lies: beside an SQLite file, else in the working directory."""
    database = make_url(url)
    if database.get_backend_name() == "sqlite" and database.database and database.database != ":memory:":
        path = Path(database.database)
        return path.with_name(path.stem + ".archive")
    return Path(f"{database.database or 'gongkai'}.archive")


def _prepare_sqlite(engine: Engine) -> None:
    """A reader never blocks the crawler, and a killed process loses nothing that was committed."""

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own types
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return url


def _first_line(error: object) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
