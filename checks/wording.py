"""The sentences of reasons, in Chinese and English. Templates are data; titles are only ever filled in."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from checks.coverage import Gap, Need, local_day
from checks.verdict import ReasonCode
from db.facts import FetchOutcome, FileOutcome, Reading, Stop
from plans.sites import Site

MAX_TITLE: Final = 80  # a sentence stays one line in a table; the whole title stands in `title`


@dataclass(frozen=True, slots=True)
class Sentence:
    """One reason: why a verdict is what it is."""

    code: ReasonCode
    zh: str
    en: str


# name -> (reason, Chinese, English); one reason may have several sentences
TEMPLATES: Final = MappingProxyType(
    {
        "on_time": (
            ReasonCode.FOUND,
            "{about}已于 {published} 公开，未过期限 {due}：《{title}》",
            "{about_en} was published on {published}, within the limit of {due}: {title}",
        ),
        "merged_january": (
            ReasonCode.FOUND,
            "{about}与次月合并公开，按次月期限 {due} 计，公开于 {published}：《{title}》",
            "{about_en} came with the next month and takes its limit, {due}; published on {published}: {title}",
        ),
        "late": (
            ReasonCode.FOUND,
            "{about}应于 {due} 前公开，实际公开于 {published}，迟 {days} 天：《{title}》",
            "{about_en} was due on {due} and published on {published}, {days} day(s) late: {title}",
        ),
        "seen_then_redated": (
            ReasonCode.FOUND,
            "{about}在 {seen} 已见公开（当时标示 {claimed}），未过期限 {due}，此后改标为 {published}：《{title}》",
            "{about_en} stood there on {seen} (then dated {claimed}), within the limit of {due}; it was later dated"
            " {published}: {title}",
        ),
        "seen_before_claimed": (
            ReasonCode.FOUND,
            "{about}在 {seen} 已见公开，未过期限 {due}；所标日期 {published} 晚于见到之日，不可能属实：《{title}》",
            "{about_en} stood there on {seen}, within the limit of {due}; the day that it claims, {published}, is later"
            " than that and cannot be true: {title}",
        ),
        "claimed_after_seen": (
            ReasonCode.UNDATED,
            "{about}在 {seen} 已见公开，所标日期 {published} 却晚于见到之日，不可能属实，"
            "无法判断是否在期限 {due} 前公开：《{title}》",
            "{about_en} stood there on {seen} under a later day, {published}, which cannot be true: nobody can tell"
            " whether it came by {due}: {title}",
        ),
        "site_moved": (
            ReasonCode.SITE_MOVED,
            "《{title}》标示 {published}，晚于期限 {due}，但该栏目历年内容均标示这一天，应为网站迁移日期，"
            "原日期无从查证",
            "{title} bears {published}, after the limit of {due}, but so do the contents of years in its column: the"
            " day of a site's move; when it was first published nobody can tell",
        ),
        "seen_in_time": (
            ReasonCode.FOUND,
            "《{title}》未标发布日期，但 {seen} 已首次见到，未过期限 {due}",
            "{title} bears no date, but was first seen on {seen}, within the limit of {due}",
        ),
        "standing": (
            ReasonCode.FOUND,
            "已在网站上找到长期公开的内容：《{title}》",
            "what must stand there was found: {title}",
        ),
        "standing_column": (
            ReasonCode.FOUND,
            "栏目“{column}”已公开 {items} 条内容（{read_at} 查阅）",
            "the column {column} holds {items} item(s) (read on {read_at})",
        ),
        "fresh": (
            ReasonCode.FOUND,
            "截至 {due}，最新一条公开于 {published}，未超过 {allowed} 个工作日：《{title}》",
            "as of {due} the newest item is of {published}, no more than {allowed} working days old: {title}",
        ),
        "stale": (
            ReasonCode.NOT_FOUND,
            "截至 {due}，最新一条为 {newest}，已超过 {allowed} 个工作日未更新（{where}）",
            "as of {due} the newest item is {newest}, more than {allowed} working days old ({where_en})",
        ),
        "never_fresh": (
            ReasonCode.NOT_FOUND,
            "截至 {due}，没有见到一条标有日期的此项内容，应每日更新（{where}）",
            "as of {due} not one dated item of it was seen, which is due every day ({where_en})",
        ),
        "not_found": (
            ReasonCode.NOT_FOUND,
            "{about}应于 {due} 前公开，{where}，截至 {as_of} 未见",
            "{about_en} was due on {due}; {where_en}, and it is not there as of {as_of}",
        ),
        "not_due": (
            ReasonCode.NOT_DUE,
            "{about}期限为 {due}，截至 {as_of} 尚未到期",
            "{about_en} is due on {due}, which has not passed as of {as_of}",
        ),
        "site_unknown": (
            ReasonCode.SITE_UNKNOWN,
            "网站清单中没有“{agency}”的网站，无处查阅",
            "the sites file names no site of {agency}",
        ),
        "not_read": (
            ReasonCode.NOT_READ,
            "{site} 中应有此内容的栏目尚未查阅{columns}",
            "the place where it belongs on {site} has not been read yet{columns_en}",
        ),
        "read_too_early": (
            ReasonCode.READ_TOO_EARLY,
            "{site} 最近一次有效查阅在 {read_at}，不晚于期限 {due}，须在期限之后再查",
            "{site} was last read on {read_at}, not after the limit of {due}; it must be read again",
        ),
        "unreachable": (
            ReasonCode.UNREACHABLE,
            "{site} 无法访问（{outcome}，{read_at}）",
            "{site} could not be reached ({outcome_en}, {read_at})",
        ),
        "blocked": (
            ReasonCode.BLOCKED,
            "{site} 拒绝自动访问（{outcome}，{read_at}），须人工查阅",
            "{site} refuses automatic reading ({outcome_en}, {read_at}); a person must look",
        ),
        "robots": (
            ReasonCode.ROBOTS,
            "{site} 的 robots.txt 不允许查阅（{read_at}）",
            "robots.txt of {site} forbids reading ({read_at})",
        ),
        "column_not_found": (
            ReasonCode.COLUMN_NOT_FOUND,
            "{site} 上没有找到应有此内容的栏目{columns}",
            "the column where it belongs was not found on {site}{columns_en}",
        ),
        "truncated": (
            ReasonCode.TRUNCATED,
            "{site} 的栏目“{column}”只读到 {back_to}（{pages} 页，{stop}），未及 {needed}",
            "{column} on {site} was read back to {back_to_en} only ({pages} page(s), {stop_en}), not to {needed_en}",
        ),
        "needs_browser": (
            ReasonCode.NEEDS_BROWSER,
            "{site} 的栏目“{column}”须用浏览器才能显示内容",
            "the column {column} on {site} shows nothing without a browser",
        ),
        "no_items": (
            ReasonCode.NO_ITEMS,
            "{site} 的栏目“{column}”能打开，但没有识别出列表",
            "the column {column} on {site} opens, but no list was recognised in it",
        ),
        "undated": (
            ReasonCode.UNDATED,
            "《{title}》未标发布日期，{seen} 首次见到时已过期限 {due}，无法判定是否按时",
            "{title} bears no date and was first seen on {seen}, after the limit of {due}",
        ),
        "no_evidence_pattern": (
            ReasonCode.NO_EVIDENCE_PATTERN,
            "台账没有写明如何辨认此项内容（evidence.title 为空）",
            "the register does not say how to recognise it (evidence.title is empty)",
        ),
        "kind_not_judged": (
            ReasonCode.KIND_NOT_JUDGED,
            "“{kind}”类事项暂无自动判定规则，须人工核查",
            "no rule judges obligations of kind {kind} yet; a person must look",
        ),
        "event_limit": (
            ReasonCode.KIND_NOT_JUDGED,
            "期限自事件发生之日起算，网页上看不到起算日，须人工核查",
            "the limit counts from an event that no crawler sees; a person must look",
        ),
        "ambiguous": (
            ReasonCode.AMBIGUOUS,
            "未见明确属于{about}的内容，但《{title}》（{published}）可能就是，须人工核查",
            "nothing is clearly {about_en}, but {title} ({published}) could be it; a person must look",
        ),
        "paired": (
            ReasonCode.FOUND,
            "《{document}》公开于 {issued}，其解读公开于 {published}，未过期限 {due}：《{title}》",
            "{document} of {issued} was explained on {published}, within the limit of {due}: {title}",
        ),
        "paired_late": (
            ReasonCode.FOUND,
            "《{document}》公开于 {issued}，应于 {due} 前解读，实际公开于 {published}，迟 {days} 天：《{title}》",
            "{document} of {issued} was to be explained by {due} and was on {published}, {days} day(s) late: {title}",
        ),
        "paired_within": (
            ReasonCode.FOUND,
            "《{document}》公开于 {issued}，解读材料随文公开：{title}",
            "{document} of {issued} brings its own explanation: {title}",
        ),
        "paired_undated": (
            ReasonCode.UNDATED,
            "《{document}》的解读《{title}》未标发布日期，{seen} 首次见到时已过期限 {due}，无法判定是否按时",
            "{title} explains {document}, bears no date and was first seen on {seen}, after the limit of {due}",
        ),
        "unpaired": (
            ReasonCode.NOT_FOUND,
            "《{document}》公开于 {issued}，应于 {due} 前解读，{where}，截至 {as_of} 未见解读",
            "{document} of {issued} was to be explained by {due}; {where_en}; nothing explains it as of {as_of}",
        ),
        "unpaired_not_due": (
            ReasonCode.NOT_DUE,
            "《{document}》公开于 {issued}，解读期限为 {due}，截至 {as_of} 尚未到期",
            "{document} of {issued} is to be explained by {due}, which has not passed as of {as_of}",
        ),
        "unpaired_doubt": (
            ReasonCode.AMBIGUOUS,
            "未见明确属于《{document}》的解读，但《{title}》（{published}）可能就是，须人工核查",
            "nothing is clearly an explanation of {document}, but {title} ({published}) could be; a person must look",
        ),
        "document_undated": (
            ReasonCode.UNDATED,
            "《{document}》未标发布日期，期限无从起算，须人工核查",
            "{document} bears no date, so no limit can be counted; a person must look",
        ),
        "no_subjects": (
            ReasonCode.NOTHING_TO_JUDGE,
            "{where}，截至 {as_of} 方案期内未见须判定的{subjects}",
            "{where_en}; as of {as_of} there is no {subjects_en} of the plan's time to be judged",
        ),
        "event_on_time": (
            ReasonCode.FOUND,
            "《{title}》自 {event}（{clock}）起算，期限 {due}，公开于 {published}，未过期限",
            "{title}, counted from {event}, was due on {due} and published on {published}, within the limit",
        ),
        "event_late": (
            ReasonCode.FOUND,
            "《{title}》自 {event}（{clock}）起算，应于 {due} 前公开，实际公开于 {published}，迟 {days} 天",
            "{title}, counted from {event}, was due on {due} and published on {published}, {days} day(s) late",
        ),
        "event_unlimited": (
            ReasonCode.FOUND,
            "已公开于 {published}：《{title}》；此项未写明期限",
            "published on {published}: {title}; no limit is stated",
        ),
        "event_unknown": (
            ReasonCode.FOUND,
            "已公开于 {published}：《{title}》；期限自事件发生之日起算，起算日无从查证",
            "published on {published}: {title}; the limit counts from an event whose day nobody states",
        ),
        "event_undated": (
            ReasonCode.UNDATED,
            "已见《{title}》，但未标发布日期，不知是否在方案期内，须人工核查",
            "{title} is there, but bears no date; whether it belongs to the plan's time nobody can tell",
        ),
        "event_doubt": (
            ReasonCode.AMBIGUOUS,
            "《{title}》公开于 {published}，若自 {event}（{clock}）起算则已过期限 {due}，须人工核查",
            "{title} of {published} would be after its limit of {due} if that counts from {event}; a person must look",
        ),
        "no_event": (
            ReasonCode.NO_EVENT,
            "未见{about}；事件是否发生无从得知，不能判为未公开，须人工核查（{where}）",
            "{about_en} was not seen; whether its event happened nobody knows, a person must look ({where_en})",
        ),
        "answered": (
            ReasonCode.FOUND,
            "《{title}》{asked} 来信，{answered} 答复，未过期限 {due}",
            "{title}, asked on {asked}, was answered on {answered}, within the limit of {due}",
        ),
        "answered_late": (
            ReasonCode.FOUND,
            "《{title}》{asked} 来信，应于 {due} 前答复，实际答复于 {answered}，迟 {days} 天",
            "{title}, asked on {asked}, was to be answered by {due} and was on {answered}, {days} day(s) late",
        ),
        "unanswered": (
            ReasonCode.NOT_FOUND,
            "《{title}》{asked} 来信，应于 {due} 前答复，{seen} 查阅时网页仍注明未答复",
            "{title}, asked on {asked}, was to be answered by {due}; the page said on {seen} that it was not",
        ),
        "answer_not_due": (
            ReasonCode.NOT_DUE,
            "《{title}》{asked} 来信，答复期限为 {due}，截至 {as_of} 尚未到期",
            "{title}, asked on {asked}, is to be answered by {due}, which has not passed as of {as_of}",
        ),
        "letter_unclear": (
            ReasonCode.UNDATED,
            "《{title}》的来信日期（{asked}）、答复日期（{answered}）未能全部读出，须人工核查",
            "{title}: not both of the days of asking ({asked}) and answering ({answered}) could be read",
        ),
        "consulted": (
            ReasonCode.FOUND,
            "已开展：《{title}》（{published}）；征集、调查、访谈不按来信计答复期限",
            "held: {title} ({published}); consultations, surveys and interviews have no limit for letters",
        ),
        "needs_person": (
            ReasonCode.NEEDS_PERSON,
            "查阅范围内未见{about}；台账注明此项由机器查找、由人判定，请人工核查",
            "{about_en} was not seen in what was read; the register leaves the decision to a person",
        ),
        "label_on_time": (
            ReasonCode.FOUND,
            "{document}的页面《{title}》{seen} 已见标注（{mark}），未过期限 {due}",
            "the page of {document} was seen marked on {seen} ({mark}), within the limit of {due}",
        ),
        "label_over_marked": (
            ReasonCode.FOUND,
            "{document}的页面《{title}》{seen} 已见标注（{mark}），未过期限 {due}；该文件只废止了一部分，"
            "标注为全文，请核对",
            "the page of {document} was seen marked on {seen} ({mark}), within the limit of {due}; the mark says "
            "that all "
            "of it is repealed, the notice only parts",
        ),
        "label_time_unknown": (
            ReasonCode.FOUND,
            "{document}的页面《{title}》已有标注（{mark}），{seen} 首次见到时已过期限 {due}，何时标注无从查证，"
            "不作迟标认定",
            "the page of {document} is marked ({mark}); first seen on {seen}, after the limit of {due}, so "
            "nobody knows "
            "when the mark was put there",
        ),
        "label_late": (
            ReasonCode.FOUND,
            "{document}的页面《{title}》应于 {due} 前标注，{unmarked} 的网页截图上仍无标注，{seen} "
            "见到标注（{mark}），至少迟 {days} 天",
            "the page of {document} was to be marked by {due}; a picture of {unmarked} shows no mark, {seen} one "
            "({mark}): "
            "at least {days} day(s) late",
        ),
        "label_late_unconfirmed": (
            ReasonCode.NOT_CONFIRMED,
            "{document}的页面《{title}》{seen} 见到标注（{mark}），期限 {due} 之后的 {unmarked} "
            "在网页源码中未见，但没有网页截图证实，不作认定",
            "the page of {document} was seen marked on {seen} ({mark}); its source of {unmarked}, after the "
            "limit of {due}, "
            "showed no mark, but no picture confirms it",
        ),
        "label_missing": (
            ReasonCode.NOT_FOUND,
            "{document}的页面《{title}》应于 {due} 前标注废止失效，{seen} 的网页截图上没有标注，截至 {as_of} 未见标注",
            "the page of {document} was to be marked as repealed by {due}; a picture of {seen} shows no mark, "
            "and none was "
            "seen as of {as_of}",
        ),
        "label_not_confirmed": (
            ReasonCode.NOT_CONFIRMED,
            "{document}的页面《{title}》{seen} 在网页源码中未见标注，须用浏览器打开并截图证实",
            "no mark stands in the source of the page of {document} on {seen}; a browser must confirm it with a "
            "picture",
        ),
        "label_picture": (
            ReasonCode.AMBIGUOUS,
            "{document}的页面《{title}》{seen} 未见可读的标注，但标题旁有一幅没有文字说明的图片，"
            "可能是废止失效印章，须人工核查",
            "no mark that can be read stood on the page of {document} on {seen}, but a picture without words stands "
            "beside its title and may be a stamp; a person must look",
        ),
        "label_too_early": (
            ReasonCode.READ_TOO_EARLY,
            "{document}的页面《{title}》最近一次打开在 {seen}，不晚于期限 {due}，须在期限之后再查",
            "the page of {document} was last opened on {seen}, not after the limit of {due}; it must be opened again",
        ),
        "label_unopened": (
            ReasonCode.NOT_READ,
            "{document}的页面《{title}》尚未打开",
            "the page of {document} has not been opened yet",
        ),
        "label_unreadable": (
            ReasonCode.UNREACHABLE,
            "{document}的页面《{title}》没有打开（{outcome}）",
            "the page of {document} could not be read ({outcome_en})",
        ),
        "label_partly": (
            ReasonCode.AMBIGUOUS,
            "{document}已全文废止，页面《{title}》却只标注部分失效，须人工核查",
            "{document} is repealed as a whole, its page is marked in part alone; a person must look",
        ),
        "label_doubtful": (
            ReasonCode.AMBIGUOUS,
            "《{title}》可能是{document}，也可能是另一份同名文件，须人工核查",
            "{title} could be {document} or another document of that name; a person must look",
        ),
        "label_not_due": (
            ReasonCode.NOT_DUE,
            "{document}的页面《{title}》应于 {due} 前标注，截至 {as_of} 尚未到期",
            "the page of {document} is to be marked by {due}, which has not passed as of {as_of}",
        ),
        "label_undated_notice": (
            ReasonCode.UNDATED,
            "废止{document}的公告未标发布日期，期限无从起算，须人工核查",
            "the notice that repeals {document} bears no date, so no limit can be counted; a person must look",
        ),
        "label_not_found": (
            ReasonCode.NOTHING_TO_JUDGE,
            "在查阅的网站上没有找到{document}的原文页面，无从判定是否标注",
            "no page of {document} was found on the sites that were read",
        ),
        "label_unread": (
            ReasonCode.AMBIGUOUS,
            "《{title}》或其附件未能全部读出被废止的文件（已读出 {found} 件），须人工核查",
            "{title} or its attachments could not be read wholly ({found} document(s) were); a person must look",
        ),
        "label_nothing": (
            ReasonCode.NOTHING_TO_JUDGE,
            "截至 {as_of}，查阅范围内未发现本期内废止或宣布失效的文件，也未见其他单位废止的文件留在本单位网站",
            "as of {as_of} no document was found that was repealed in the plan's time and stands on this "
            "agency's sites",
        ),
        "manual_duty": (
            ReasonCode.MANUAL_DUTY,
            "此项职责无法从网页上看出，须人工核查",
            "no crawler can see this duty; a person must look",
        ),
        "manual_channel": (
            ReasonCode.MANUAL_CHANNEL,
            "公开渠道（{channels}）不是可查阅的网站，须人工核查",
            "the channel ({channels}) is no site that can be read; a person must look",
        ),
    }
)

OUTCOME_WORDS: Final = MappingProxyType(
    {
        FetchOutcome.OK: "正常",
        FetchOutcome.NOT_MODIFIED: "未变化",
        FetchOutcome.NOT_FOUND: "页面不存在",
        FetchOutcome.SOFT_404: "页面提示不存在",
        FetchOutcome.MOVED: "转到站外",
        FetchOutcome.BLOCKED: "被防护系统拦截",
        FetchOutcome.CAPTCHA: "要求验证码",
        FetchOutcome.LOGIN_WALL: "要求登录",
        FetchOutcome.ROBOTS: "robots.txt 不允许",
        FetchOutcome.SERVER_ERROR: "服务器出错",
        FetchOutcome.CLIENT_ERROR: "请求被拒绝",
        FetchOutcome.TIMEOUT: "超时",
        FetchOutcome.DNS: "域名无法解析",
        FetchOutcome.REFUSED: "连接失败",
        FetchOutcome.TLS: "证书或加密连接出错",
        FetchOutcome.TOO_LARGE: "页面过大",
        FetchOutcome.NOT_HTML: "不是网页",
    }
)
STOP_WORDS: Final = MappingProxyType(
    {
        Stop.END_OF_LIST: "读到末尾",
        Stop.REACHED_DATE: "读到所需日期",
        Stop.FETCH_FAILED: "后面的页没有取到",
        Stop.STATIC_PART_ONLY: "列表还有后续内容，没有可用的链接",
        Stop.NEEDS_BROWSER: "须用浏览器",
        Stop.NO_ITEMS: "没有识别出列表",
        Stop.REPEATED_PAGE: "翻页没有新内容",
        Stop.PAGE_LIMIT: "到了页数上限",
        Stop.INTERRUPTED: "采集中断",
        Stop.LANDING: "仅为导航页",
    }
)
FILE_WORDS: Final = MappingProxyType(
    {
        FileOutcome.READ: "已读",
        FileOutcome.SCANNED: "为扫描件",
        FileOutcome.ENCRYPTED: "已加密",
        FileOutcome.UNSUPPORTED: "格式无法读取",
        FileOutcome.BROKEN: "已损坏",
        FileOutcome.TOO_LARGE: "过大",
        FileOutcome.NOT_FETCHED: "未取得",
    }
)
_MAX_NAMED: Final = 12  # missing names and unread parts told in one sentence
_MAX_PLACES: Final = 3  # places named in one sentence; all of them stand in the verdict's `columns`


def sentence(template: str, **facts: object) -> Sentence:
    """The named template filled with facts; raises KeyError for an unknown template or a missing fact."""
    code, chinese, english = TEMPLATES[template]
    return Sentence(code, chinese.format_map(facts), english.format_map(facts))


def short(title: str) -> str:
    """A title as it stands in a sentence: one line, bounded."""
    line = " ".join(title.split())
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1] + "…"


def content_note(why: Sentence, lacking: Sequence[str], unread: Sequence[str]) -> Sentence:
    """The reason with what the content lacks; with parts that could not be read, that the question stays open."""
    missing, missing_en = "、".join(lacking[:_MAX_NAMED]), ", ".join(lacking[:_MAX_NAMED])
    if not unread:
        return Sentence(why.code, f"{why.zh}；内容不全，缺：{missing}", f"{why.en}; incomplete, it lacks {missing_en}")
    parts, parts_en = "；".join(unread[:_MAX_PLACES]), "; ".join(unread[:_MAX_PLACES])
    return Sentence(
        why.code,
        f"{why.zh}；未见：{missing}，但内容未能全部读取（{parts}），是否齐全须人工核查",
        f"{why.en}; {missing_en} not seen, but not all of it could be read ({parts_en}); a person must look",
    )


def with_place(why: Sentence, stands: str, belongs: str) -> Sentence:
    """The sentence, and that the item stands in one column and belongs in another."""
    return Sentence(
        why.code,
        f"{why.zh}；放在“{short(stands)}”栏目，应放在“{short(belongs)}”栏目",
        f"{why.en}; it stands in the column {short(stands)} and belongs in {short(belongs)}",
    )


def place_phrase(readings: Iterable[Reading], sites: Iterable[Site]) -> dict[str, str]:
    """Where was looked, as `where` and `where_en` of a template: sites, columns, how far and when."""
    names = {site.id: site.name for site in sites}
    places = list(readings)
    chinese = [_place(reading, names) for reading in places[:_MAX_PLACES]]
    english = [_place_en(reading, names) for reading in places[:_MAX_PLACES]]
    more, more_en = "", ""
    if len(places) > _MAX_PLACES:
        more, more_en = f"等 {len(places)} 个栏目", f" and others, {len(places)} columns in all"
    return {"where": "已查阅" + "，".join(chinese) + more, "where_en": "read: " + "; ".join(english) + more_en}


def gap_sentence(gap: Gap, sites: Iterable[Site], need: Need) -> Sentence:
    """Why absence is not proven, from the gap that matters most."""
    names = {site.id: site.name for site in sites}
    reading, entry = gap.reading, gap.entry
    outcome = reading.outcome if reading is not None else entry.outcome if entry is not None else FetchOutcome.OK
    read_at = reading.read_at if reading is not None else entry.read_at if entry is not None else None
    quoted = "、".join(f"“{short(name)}”" for name in need.columns)
    return sentence(
        gap.reason.value,
        site=names.get(gap.site, gap.site),
        column=short(reading.column) if reading is not None else "—",
        columns=f"（{quoted}）" if need.columns else "",
        columns_en=f" ({', '.join(map(short, need.columns))})" if need.columns else "",
        outcome=OUTCOME_WORDS[outcome],
        outcome_en=outcome.value,
        stop=STOP_WORDS[reading.stop] if reading is not None else "—",
        stop_en=reading.stop.value if reading is not None else "—",
        read_at=local_day(read_at) if read_at is not None else "—",
        back_to=_reached(reading),
        back_to_en=_reached_en(reading),
        pages=reading.pages if reading is not None else 0,
        needed=need.back_to or "列表末尾",
        needed_en=need.back_to or "the end of the list",
        due=need.after,
    )


def _place(reading: Reading, names: dict[str, str]) -> str:
    site, read_at = names.get(reading.site, reading.site), local_day(reading.read_at)
    size = f"{reading.pages} 页 {reading.items} 条"
    return f"{site}“{short(reading.column)}”栏目（{size}，读至 {_reached(reading)}，{read_at} 查阅）"


def _place_en(reading: Reading, names: dict[str, str]) -> str:
    site, read_at = names.get(reading.site, reading.site), local_day(reading.read_at)
    size = f"{reading.pages} page(s), {reading.items} item(s)"
    return f"{short(reading.column)} on {site} ({size}, back to {_reached_en(reading)}, on {read_at})"


def _reached(reading: Reading | None) -> dt.date | str:
    if reading is None:
        return "—"
    return reading.back_to or ("列表末尾" if reading.complete else "日期不明处")


def _reached_en(reading: Reading | None) -> dt.date | str:
    if reading is None:
        return "-"
    return reading.back_to or ("its end" if reading.complete else "an unknown day")
