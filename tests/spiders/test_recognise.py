# ruff: noqa: E501 - pieces of pages are easier to read unbroken
"""Families are recognised by their marks; the strongest wins and says why."""

import pytest

from spiders.document import Document
from spiders.marks import PATTERN_SIGNS, TEXT_SIGNS, URL_SIGNS
from spiders.platforms.generic import Generic
from spiders.recognise import READ_GENERICALLY, family_of, platform_for, reader, recognise

SITE = "http://www.example.gov.cn"
CASES = {
    "gkmlpt": ("/gkmlpt/index", "<script>window._CONFIG = {SID:'755041',TREE:[],SERVICE_AREA_ID:1}</script>"),
    "nfcms": ("/zwgk/index.html", "<script>var NFCMS_SITE_ID='9'</script><a class=\"normal\" href=\"index_2.html\">2</a>"),
    "hanweb_jpaas": ("/col/col1229/index.html", '<script src="/x/AuthorizedRead/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit"></script>'),
    "hanweb_jcms": ("/col/col284/index.html", '<script src="/module/web/jpage/jquery.jpage.js"></script><datastore>'),
    "truecms": ("/x/", "<script>url:'messageController/getMessage.do'</script>"),
    "epoint": ("/032001/x_moreinfo.html", '<script src="/js/webBuilderCommon.js"></script><div class="ewb-loc">'),
    "vsb": ("/tzgg.htm", "<!--Announced by Visual SiteBuilder 9--><script src='_sitegray/_sitegray.js'></script>"),
    "ucap": ("/c100009/common_list.shtml", "<UCAPCONTENT><script>createPageHTML('page_div',5,1,'common_list','shtml',89)</script>"),
    "trs_wcm": ("/zwgk/", "<a class=\"CurrChnlCls\"></a><script>createPageHTML(9, 0, \"index\", \"html\");</script>"),
    "n_channel": ("/n1/n2588320/n2588335/index.html", "<!--start component x--><script>var purl='a'; maxPageNum = 16;</script>"),
    "nfra": ("/cbircweb/solr/openGovSerch", '{"docSubtitle":"x"}'),
    "empirecms": ("/gsgg/", '<script src="/e/public/ViewClick/?classid=1&id=2"></script><a title="Total record">'),
    "dedecms": ("/list_21_2.html", '<link href="/templets/default/x.css">'),
    "node_cms": ("/beijing_customs/434756/434814/index.html", "<a href='/beijing_customs/434756/434814/3f2a91c0-2.html'>下一页</a>"),
    "ilist": ("/info/iList.jsp?site_id=CMS1&cat_id=10622&cur_page=1", "<a href='iList.jsp?cat_id=10622&cur_page=2'>下一页</a>"),
    "trs_was": ("/was5/web/search?channelid=11&page=2", "<script>countPage = 3;</script>"),
    "igs": ("/igs/front/list.jhtml?code=1", "<p></p>"),
    "gov_cn": ("/", "<a href='http://sousuo.www.gov.cn/zhengcelibrary_gw'>x</a>"),
    "generic": ("/zwgk/", "<ul><li><a href='a.html'>x</a></li></ul>"),
}  # fmt: skip


@pytest.mark.parametrize("family", CASES)
def test_a_family_by_its_marks(family: str) -> None:
    path, html = CASES[family]
    document = Document(SITE + path, html)
    assert family_of(recognise(document)) == family
    assert platform_for(document).name == family
    assert all(mark.family == family for mark in platform_for(document).recognise(document))


def test_two_families_on_one_page_are_both_told_and_the_stronger_reads_it() -> None:
    html = CASES["nfcms"][1] + '<a href="/gkmlpt/index">信息公开目录</a><a href="/gkmlpt/content/9/1/post_1.html">x</a>'
    marks = recognise(Document(SITE + "/", html))
    assert marks[0].family == "nfcms"
    assert {mark.family for mark in marks} >= {"nfcms", "gkmlpt"}


def test_the_sites_file_overrules_the_marks() -> None:
    document = Document(SITE + "/", CASES["nfcms"][1])
    assert platform_for(document, "trs_wcm").name == "trs_wcm"
    assert platform_for(document, "auto").name == "nfcms"


def test_nfcms_sites_lead_to_their_disclosure_directory() -> None:
    document = Document(SITE + "/", CASES["nfcms"][1] + '<a href="/gkmlpt/index">依申请</a>')
    assert SITE + "/gkmlpt/index" in [request.url for request in platform_for(document).directory(document)]


def test_every_family_with_marks_has_a_reader_of_its_own_or_a_reason_for_the_generic_one() -> None:
    marked = {*TEXT_SIGNS, *(family for family, *_ in PATTERN_SIGNS), *(family for family, *_ in URL_SIGNS)}
    own = {family for family in marked if type(reader(family)) is not Generic}
    assert own == marked - READ_GENERICALLY.keys()
    assert READ_GENERICALLY.keys() <= marked
    assert marked <= CASES.keys()
    assert all(reader(family).name == family for family in marked)
