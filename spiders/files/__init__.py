"""What does an attachment say? One module a kind; `read_file` in this process, `read_apart` in one that can end."""

from spiders.files.apart import read_apart, read_soon
from spiders.files.kinds import KINDS_OF_FILES, kind_of
from spiders.files.read import read_file

__all__ = ["KINDS_OF_FILES", "kind_of", "read_apart", "read_file", "read_soon"]
