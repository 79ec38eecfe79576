"""Where a site's pages stand: paths of columns, of their further pages, of articles and of attached files.

The dialects are those of FIELD-GUIDE, sections 2 and 3. A path may bear a query where the family's addresses do.
"""

import hashlib
from collections.abc import Callable

from simulator.city import CitySite, Column, FileKind, Publication
from simulator.dice import dice
from simulator.scenario import Family

TRS = frozenset({Family.TRS, Family.TRS_YEARS, Family.TRS_WRITELN})
UCAP_STEMS = ("common_list", "xlist", "list", "fg")


def extension(site: CitySite) -> str:
    if site.profile.family not in TRS:
        return "html"
    return "htm" if site.profile.static_part else dice(site.seed, "extension").choice(("html", "shtml", "htm"))


def column_path(site: CitySite, column: Column, page: int = 1) -> str:
    """The path of a list page; `page` counts from 1. Page 2 is index_1 on TRS and index_2 on NFCMS (FIELD-GUIDE 3).

    Families that number otherwise have their first page here and the others in their own module.
    """
    if column.in_directory:
        return f"/gkmlpt/index#{column.id}"
    if page == 1:
        return place(site, column.id)
    shift = 1 if site.profile.family in TRS else 0
    return f"/{column.id}index_{page - shift}.{extension(site)}"


def place(site: CitySite, folder: str) -> str:
    """The first page of a column or of a section, by the folder that the city's plan gives it (`zwgk/zcwj/`)."""
    dialect = _PLACES.get(site.profile.family)
    return dialect(site, folder) if dialect else f"/{folder}"


def index_path(site: CitySite, folder: str) -> str:
    return f"{folder}index.{extension(site)}"


def article_path(site: CitySite, publication: Publication) -> str:
    dialect = _ARTICLES.get(site.profile.family)
    if dialect:
        return dialect(site, publication, publication.column)
    if site.column(publication.column).in_directory:
        number = publication.number
        return f"/gkmlpt/content/{number // 1_000_000}/{number // 1000}/post_{number}.html"
    return f"/{publication.column}content/post_{publication.number}.html"


def copy_path(site: CitySite, publication: Publication, column: Column) -> str:
    """The address under which a column shows an article: its own one, or on EmpireCMS that of a second copy."""
    if site.profile.family is Family.EMPIRE and column.id != publication.column:
        return _empire(site, publication, column.id, publication.number + 500_000)
    return article_path(site, publication)


def attachment_path(site: CitySite, publication: Publication, folder: str, kind: FileKind, number: int) -> str:
    """The address of the file with this number beside an article whose page stands in `folder`."""
    dialect = _FILES.get(site.profile.family)
    if dialect:
        return dialect(site, publication, folder, f"{number}.{kind}")
    if site.profile.family in (*TRS, Family.IGS):
        return f"{folder}P020{publication.moment:%Y%m%d%H%M%S}{number % 1000:03d}.{kind}"
    return f"/attachment/0/{number // 1000}/{number}/{publication.number}.{kind}"


def folder_of(path: str) -> str:
    return path.rpartition("/")[0] + "/"


def node(site: CitySite, folder: str) -> int:
    """The number that the site's system gives to a column: six digits."""
    return dice(site.seed, "node", folder).randrange(100_000, 1_000_000)


def hex32(site: CitySite, *words: object) -> str:
    """A name as systems make them up: 32 hexadecimal digits."""
    text = "/".join(map(str, (site.seed, *words)))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def guid(site: CitySite, *words: object) -> str:
    text = hex32(site, *words)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def ucap_stem(site: CitySite) -> str:
    return dice(site.seed, "stem").choice(UCAP_STEMS)


def category(site: CitySite, folder: str) -> str:
    """Epoint's category number: three digits a level; the last six tell columns apart."""
    return f"{node(site, folder.partition('/')[0]) % 1000:03d}{node(site, folder)}"


def department(site: CitySite) -> str:
    return f"0140{node(site, 'dept') % 10000:04d}"


def _levels(site: CitySite, folder: str) -> list[int]:
    parts = folder.strip("/").split("/")
    return [node(site, "/".join(parts[: k + 1])) for k in range(len(parts))]


def _slug(folder: str) -> str:
    return folder.strip("/").rpartition("/")[2]


def _ucap_folder(site: CitySite, folder: str) -> str:
    return "/site/" + "".join(f"c{number}/" for number in _levels(site, folder))


def _nchannel_folder(site: CitySite, folder: str) -> str:
    return "/" + "".join(f"n{number}/" for number in _levels(site, folder))


def _epoint_folder(site: CitySite, folder: str) -> str:
    return f"/{folder.partition('/')[0]}/{category(site, folder)}/"


def _trs_article(_: CitySite, p: Publication, folder: str, suffix: str) -> str:
    return f"/{folder}{p.url_day:%Y%m}/t{p.url_day:%Y%m%d}_{p.number}.{suffix}"


def _hanweb_article(site: CitySite, p: Publication, folder: str) -> str:
    return f"/art/{p.url_day.year}/{p.url_day.month}/{p.url_day.day}/art_{node(site, folder)}_{p.number}.html"


def _empire(_: CitySite, p: Publication, folder: str, number: int) -> str:
    return f"/{folder}{p.url_day:%Y-%m-%d}/{number}.html"


_PLACES: dict[Family, Callable[[CitySite, str], str]] = {
    Family.VSB: lambda _, f: f"/{f.strip('/')}.htm",
    Family.UCAP: lambda s, f: f"{_ucap_folder(s, f)}{ucap_stem(s)}.shtml",
    Family.UCAP_JSON: lambda s, f: f"{_ucap_folder(s, f)}{ucap_stem(s)}.shtml",
    Family.JCMS: lambda s, f: f"/col/col{node(s, f)}/index.html",
    Family.XXGK: lambda s, f: f"/col/col{node(s, f)}/index.html",
    Family.JPAAS: lambda s, f: f"/col/col1229{node(s, f)}/index.html",
    Family.TRUECMS: lambda _, f: f"/{_slug(f)}/{_slug(f)}.html",
    Family.EPOINT: lambda s, f: f"/govInfoPub/govInfoList.html?deptcode={department(s)}&categorynum={category(s, f)}",
    Family.EPOINT_STATIC: lambda s, f: f"{_epoint_folder(s, f)}{_slug(f)}_moreinfo.html",
    Family.NCHANNEL: lambda s, f: f"{_nchannel_folder(s, f)}index.html",
    Family.DEDE: lambda _, f: f"/a/{f}",
    Family.ASP: lambda s, f: f"/list.asp?classid={node(s, f)}",
    Family.JSP: lambda s, f: f"/xxgk/list.jsp?colId={node(s, f)}",
    Family.SHELL: lambda _, f: f"/{f}",
    Family.IGS: lambda _, f: f"/{f}index.html",
    Family.JS_ONLY: lambda _, f: f"/{f}index.html",
}
_ARTICLES: dict[Family, Callable[[CitySite, Publication, str], str]] = {
    Family.TRS: lambda s, p, f: _trs_article(s, p, f, extension(s)),
    Family.TRS_WRITELN: lambda s, p, f: _trs_article(s, p, f, extension(s)),
    Family.TRS_YEARS: lambda s, p, f: _trs_article(s, p, f"{f}{p.day.year}/", extension(s)),
    Family.VSB: lambda s, p, f: f"/info/{node(s, f)}/{p.number}.htm",
    Family.UCAP: lambda s, p, f: f"{_ucap_folder(s, f)}{p.url_day:%Y%m}/{hex32(s, p.number)}.shtml",
    Family.UCAP_JSON: lambda s, p, f: f"{_ucap_folder(s, f)}{p.url_day:%Y%m}/{hex32(s, p.number)}.shtml",
    Family.JCMS: _hanweb_article,
    Family.XXGK: _hanweb_article,
    Family.JPAAS: lambda s, p, f: f"/col/col1229{node(s, f)}/art/{p.url_day.year}/art_{hex32(s, p.number)}.html",
    Family.TRUECMS: lambda s, p, f: f"/{_slug(f)}/{p.url_day:%Y%m}/{hex32(s, p.number)}.html",
    Family.EPOINT: lambda s, p, f: f"{_epoint_folder(s, f)}{p.url_day:%Y%m%d}/{guid(s, p.number)}.html",
    Family.EPOINT_STATIC: lambda s, p, f: f"{_epoint_folder(s, f)}{p.url_day:%Y%m%d}/{guid(s, p.number)}.html",
    Family.NCHANNEL: lambda s, p, f: f"{_nchannel_folder(s, f)}c{p.number}/content.html",
    Family.EMPIRE: lambda s, p, f: _empire(s, p, f, p.number),
    Family.DEDE: lambda _, p, f: f"/a/{f}{p.url_day:%Y}/{p.url_day:%m%d}/{p.number}.html",
    Family.ASP: lambda _, p, __: f"/show.asp?id={p.number}",
    Family.JSP: lambda _, p, __: f"/xxgk/detail.jsp?id={p.number}",
    Family.SHELL: lambda s, p, f: f"/{f}{p.url_day:%Y%m}/{hex32(s, p.number)}.html",
    Family.IGS: lambda s, p, f: _trs_article(s, p, f, "html"),
    Family.JS_ONLY: lambda _, p, f: f"/{f}{p.number}/index.html",
}
# Site, article, folder of its page, name of the file: its address.
_FILES: dict[Family, Callable[[CitySite, Publication, str, str], str]] = {
    Family.VSB: lambda s, p, _, name: (
        f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner={node(s, 'owner')}"
        f"&wbfileid={name.partition('.')[0]}"
    ),
    Family.UCAP: lambda s, p, folder, name: f"{folder}files/{hex32(s, name)}.{name.rpartition('.')[2]}",
    Family.UCAP_JSON: lambda s, p, folder, name: f"{folder}files/{hex32(s, name)}.{name.rpartition('.')[2]}",
    Family.JCMS: lambda s, p, _, name: (
        f"/module/download/downfile.jsp?classid=0&filename={hex32(s, name)}.{name.rpartition('.')[2]}"
    ),
    Family.JPAAS: lambda s, p, _, name: (
        f"/api-gateway/jpaas-web-server/front/document/download?fileUrl={hex32(s, name)}&fileName={name}"
    ),
    Family.EMPIRE: lambda _, p, __, name: f"/d/file/p/{p.url_day:%Y-%m-%d}/{name}",
    Family.DEDE: lambda _, p, __, name: f"/uploads/soft/{p.url_day:%y%m%d}/{name}",
    Family.ASP: lambda _, p, __, name: f"/UploadFiles/{p.moment:%Y%m%d%H%M%S}{name}",
}
