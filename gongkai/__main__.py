"""`gongkai` and `python -m gongkai`: runs the command line and turns known failures into one clear line."""

import sys

from crawler.archive import ArchiveError
from db.store import StoreError
from gongkai.arguments import InputError, UnreachableError
from gongkai.commands import app
from plans.load import PlanFileError

EXIT_INPUT = 2
EXIT_UNREACHABLE = 3
EXIT_INTERRUPTED = 130


def main() -> None:
    """Exit codes as DESIGN says: 0 done, 1 `--fail-on` matched, 2 wrong input, 3 site or store not reached."""
    try:
        app()
    except (PlanFileError, InputError) as error:
        _leave(str(error), EXIT_INPUT)
    except (StoreError, ArchiveError, UnreachableError) as error:
        _leave(str(error), EXIT_UNREACHABLE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_INPUT)
    except KeyboardInterrupt:
        _leave(
            "已中断；再次运行同一命令即可继续。 / Interrupted; run the same command again to go on.", EXIT_INTERRUPTED
        )


def _leave(message: str, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
