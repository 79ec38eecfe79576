"""The signs of the platform families: words and patterns in the page, shapes of addresses.

Source: FIELD-GUIDE 1 (read from saved pages and public crawlers in 2026). Detection is per page, not per host:
one site shows several families side by side (FIELD-GUIDE 0.1). All hits are kept.
"""

import re
from typing import Final

from spiders.document import Document
from spiders.records import Mark

_LOOK: Final = 1_500_000  # characters; marks stand in head, pager and footer of pages far shorter than this

# family -> (sign, score). A sign that only this family writes scores 5, a typical one 3, a shared habit 1-2.
TEXT_SIGNS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "gkmlpt": (
        ("window._CONFIG", 3),
        ("SERVICE_AREA_ID", 4),
        ("/gkmlpt/gkml/", 4),
        ('"display_publish_time"', 4),
        ("chunk-common.", 1),
    ),
    "nfcms": (
        ("NFCMS_SITE_ID", 6),
        ("NFCMS_POST_ID", 6),
        ("nfw-cms-attachment", 6),
        ("news_cont_d_wrap", 3),
        ("_recurl", 3),
        ("zw-title", 2),
        ("fjdown", 1),
    ),
    "hanweb_jpaas": (
        ("jpaas-publish-server", 6),
        ("AuthorizedRead/unitbuild.js", 6),
        ("jpaas-web-server", 4),
        ("/cms_files/", 3),
        ("hanweb.css", 3),
        ("pageTimestamp", 1),
        ("jpaas", 1),
    ),
    "hanweb_jcms": (
        ("/jpage/", 5),
        ("dataproxy.jsp", 5),
        ("<datastore>", 5),
        ("<!--<$[", 5),
        ("大汉版通", 4),
        ("大汉网络", 3),
        ("/module/xxgk/", 4),
        ('name="Maketime"', 3),
        ('name="WebId"', 2),
        ("jcms", 1),
    ),
    "truecms": (("messageController/getMessage.do", 6),),
    "epoint": (
        ("EWB-FRONT", 5),
        ("webBuilderCommon", 6),
        ("ewb-", 3),
        ('id="viewGuid"', 4),
        ('id="souceinfoid"', 4),
        ("siteGuid", 3),
        ("getgovinfolist", 5),
    ),
    "vsb": (
        ("Visual SiteBuilder", 6),
        ("_sitegray", 4),
        ("/system/resource/js/", 4),
        ("vsb_content", 5),
        ("_showDynClick", 4),
        ("v_news_content", 4),
        (".vsb.css", 3),
        ("wbnewsid", 2),
    ),
    "ucap": (
        ("<UCAPTITLE>", 6),
        ("<UCAPCONTENT>", 6),
        ("UCAP-CONTENT", 6),
        ("<PUBLISHTIME>", 4),
        ("zoomcon", 2),
        ("页面生成时间", 3),
        ("templategroup", 3),
        ("/xhtml/js/page.js", 3),
        ("manuscriptId", 2),
        ("ucap", 1),
    ),
    "trs_wcm": (
        ("TRS_Editor", 5),
        ("TRS_UEDITOR", 5),
        ("trs_editor_view", 5),
        ("Custom_UnionStyle", 3),
        ("CurrChnlCls", 5),
        ("pageChnlInfo", 4),
        ("fjdzapp", 3),
        ("oldsrc=", 3),
        ("xxgk_detail_table", 2),
        ("TRSLink", 2),
        ("trsapi", 2),
    ),
    "n_channel": (
        ("<!--start component", 5),
        ("maxPageNum", 3),
        ("purl=", 2),
        ('name="publishedtype"', 3),
        ('name="catalogs"', 2),
    ),
    "nfra": (("/cbircweb/", 5), ("docSubtitle", 5), ("SelectByDocId", 4), ("docClob", 3)),
    "igs": (("/igs/front/", 5),),
    "empirecms": (
        ("/e/public/", 5),
        ("Total record", 5),
        ("/e/search/", 4),
        ("/e/data/", 3),
        ("/d/file/", 3),
        ("EmpireCMS", 5),
        ("/skin/", 1),
        ("[!--", 3),
    ),
    "dedecms": (("/templets/", 4), ("/plus/", 3), ("DedeCMS", 4), ("DedeCms", 4)),
    "ilist": (("iList.jsp", 6),),
    "gov_cn": (("gov.cn/zhengce/", 1), ("sousuo.www.gov.cn", 3), ("www.gov.cn/home", 2), ("zhengcelibrary", 5)),
}  # fmt: skip

_CREATE_TRS: Final = r"createPageHTML\(\s*\d+\s*,\s*\d+\s*,\s*[\"']\w+[\"']\s*,"
_NFCMS_PAGER: Final = r"<a\s+class=\"(?:normal|first|current)\"\s+href=\"(?:index(?:_\d+)?\.html|javascript:;|)\""
_UCAP_ADDRESS: Final = (
    r"/(?:common_list|xlist)(?:_\d+)?\.shtml|/20\d{4}/[0-9a-f]{32}\.shtml"
    r"|/common/search/[0-9a-f]{32}|/c\d{5,9}/content\.shtml"
)
_CREATE_UCAP: Final = r"createPageHTML\(\s*['\"]\w+['\"]\s*,\s*\d+"
# family -> (name of the sign, pattern in the page's text, score)
PATTERN_SIGNS: Final[tuple[tuple[str, str, re.Pattern[str], int], ...]] = (
    ("trs_wcm", "createPageHTML(n, i, ...)", re.compile(_CREATE_TRS), 4),
    ("trs_wcm", "Pager({size, current, prefix})", re.compile(r"Pager\(\{\s*size\s*:\s*\d"), 4),
    ("trs_wcm", "links tYYYYMMDD_id", re.compile(r"/t20\d{6}_\d{3,12}\.s?html?"), 3),
    ("trs_wcm", "attachments P0/W0", re.compile(r"[\"'/][PW]020\d{12,30}\.\w{2,5}"), 3),
    ("ucap", "createPageHTML('target', ...)", re.compile(_CREATE_UCAP), 4),
    ("ucap", "links YYYYMM/<32hex>.shtml", re.compile(r"/20\d{4}/[0-9a-f]{32}\.s?html"), 3),
    ("ucap", "links /c<number>/content.shtml", re.compile(r"/c\d{5,9}/content\.shtml"), 3),
    ("nfcms", "pager a.normal / a.next / a.last", re.compile(_NFCMS_PAGER), 4),
    ("nfcms", "links content/post_<id>", re.compile(r"(?<!9)/?content/m?post_\d{3,12}\.html"), 3),
    ("gkmlpt", "links /gkmlpt/content/", re.compile(r"/gkmlpt/content/\d"), 2),
    ("hanweb_jcms", "links /art/Y/M/D/art_", re.compile(r"/art/20\d\d/\d{1,2}/\d{1,2}/art_\d"), 3),
    ("hanweb_jpaas", "links /art/YYYY/art_<32hex>", re.compile(r"/art/20\d\d/art_[0-9a-f]{32}"), 4),
    ("hanweb_jpaas", "meta ColId", re.compile(r"<meta\s+name=[\"']ColId[\"']", re.I), 2),
    ("vsb", "links info/<tree>/<id>.htm", re.compile(r"[\"'/]info/\d{3,6}/\d{1,8}\.htm[\"']"), 3),
    ("epoint", "links /YYYYMMDD/<guid>.html", re.compile(r"/?20\d{6}/[0-9a-f]{8}-[0-9a-f-]{9,30}\.html"), 3),
    ("n_channel", "links /n<id>/.../content.html", re.compile(r"/n\d{5,9}/(?:n\d{5,9}/)*c\d{5,9}/content\.html"), 4),
    ("empirecms", "links YYYY-MM-DD/<id>.html", re.compile(r"[\"'/]20\d\d-\d\d-\d\d/\d{1,7}\.html"), 3),
    ("dedecms", "links list_<type>_<page>", re.compile(r"list_\d{1,4}_\d{1,4}\.html"), 3),
    ("node_cms", "pages <8hex>-<n>.html", re.compile(r"[\"'/][0-9a-f]{8}-\d{1,4}\.html[\"']"), 3),
    ("node_cms", "links <timestamp>/index.html", re.compile(r"/20\d{15,18}/index\.html"), 3),
    ("trs_was", "/was5/web/", re.compile(r"/was5/web/(?:search|detail)"), 3),
)  # fmt: skip

URL_SIGNS: Final[tuple[tuple[str, re.Pattern[str], int], ...]] = (
    ("gkmlpt", re.compile(r"/gkmlpt/(?:index|content/|api/|guide|annual|policy|mindex)"), 6),
    ("nfcms", re.compile(r"(?<!gkmlpt)/content/m?post_\d+\.html"), 3),
    ("hanweb_jpaas", re.compile(r"/build/unit\b|/art/20\d\d/art_[0-9a-f]{32}\.html"), 5),
    ("hanweb_jcms", re.compile(r"/module/(?:web/)?jpage/|/art/20\d\d/\d{1,2}/\d{1,2}/art_\d+_\d+\.html"), 5),
    ("hanweb_jcms", re.compile(r"/col/col\d+/"), 1),
    ("hanweb_jpaas", re.compile(r"/col/col\d+/"), 1),
    ("trs_wcm", re.compile(r"/t20\d{6}_\d+\.s?html?$"), 4),
    ("trs_was", re.compile(r"/was5/web/"), 6),
    ("ucap", re.compile(_UCAP_ADDRESS), 4),
    ("vsb", re.compile(r"/info/\d{3,6}/\d{1,8}\.htm$"), 4),
    ("epoint", re.compile(r"_moreinfo\.html|/20\d{6}/[0-9a-f]{8}-[0-9a-f-]{9,}\.html|getgovinfolist"), 4),
    ("n_channel", re.compile(r"/n\d{5,9}/(?:n\d{5,9}/)*(?:c\d{5,9}/content|index)[\d_]*\.html"), 4),
    ("nfra", re.compile(r"/cbircweb/|/cn/static/data/DocInfo/"), 6),
    ("igs", re.compile(r"/igs/front/"), 6),
    ("empirecms", re.compile(r"/20\d\d-\d\d-\d\d/\d{1,7}\.html"), 2),
    ("dedecms", re.compile(r"/list_\d+_\d+\.html"), 3),
    ("ilist", re.compile(r"/iList\.jsp"), 6),
    ("node_cms", re.compile(r"/[0-9a-f]{8}-\d{1,4}\.html$|/\d{3,8}/20\d{15,18}/index\.html$"), 4),
    ("gov_cn", re.compile(r"^https?://(?:www|sousuo)\.(?:www\.)?gov\.cn/"), 6),
)  # fmt: skip


def find_marks(document: Document) -> list[Mark]:
    """All signs on a page, in the tables' order. Never raises."""
    text = document.text[:_LOOK]
    marks = [
        Mark(family, f"text {sign}", score)
        for family, signs in TEXT_SIGNS.items()
        for sign, score in signs
        if sign in text
    ]
    marks += [Mark(family, name, score) for family, name, pattern, score in PATTERN_SIGNS if pattern.search(text)]
    for family, pattern, score in URL_SIGNS:
        found = pattern.search(document.url)
        if found:
            marks.append(Mark(family, f"address {found.group()[:60]}", score))
    return marks
