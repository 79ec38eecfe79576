"""NFCMS, the shared platform of Guangdong (集约化): static lists index.html, index_2.html, ...

Recognised by NFCMS_SITE_ID, a.normal / a.next / a.last in the pager, content/post_<id>.html; learned from pages of
gdjyj.gd.gov.cn and of the province's science office, saved 2020.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

from spiders.document import Document
from spiders.platforms.generic import Generic
from spiders.records import PageRequest


@dataclass(frozen=True)
class Nfcms(Generic):
    """Nothing needs a script here. The same sites keep a disclosure directory of another family at /gkmlpt/."""

    name: str = "nfcms"

    def directory(self, document: Document) -> list[PageRequest]:
        """Generic directories, and the site's gkmlpt tree where a link names it."""
        found = super().directory(document)
        if "/gkmlpt/" in document.text:
            index = PageRequest(urljoin(document.url, "/gkmlpt/index"))
            if index not in found:
                found.insert(0, index)
        return found
