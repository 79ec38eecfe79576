"""One way of writing for comparing: simplified characters, full-width punctuation, ASCII digits. Same length."""

from typing import Final

# The characters of plans' own words; others need no translation, since nothing is looked up by them.
_TRADITIONAL: Final = (
    "時開發佈佔個區縣鄉鎮辦廳處單責門導際實動態調長後內應當將與並網專欄臺檯資訊環質監測衛藥險務業產權財稅審計畫項報評級況構標準規範體進電視號關聯"
    "協會團場國貫徹執據數總結論證議決農經濟統劃學術醫療還眾廣壓從現種積極條約類領漸擴張轉變達對復員圖書館檔庫牽頭負參確認讀歷屆雙點線創強細緻優講"
    "釋該設備製齊嚴間機聲屬戰無爲為於訂滿維護獎懲檢驗選舉題陽綜氣陸遲緊頁鏈鋪陳陣隊階隨難響預頒顯願顧飛駐麗黨齡銀鐵僑殘運說過"
)
_SIMPLIFIED: Final = (
    "时开发布占个区县乡镇办厅处单责门导际实动态调长后内应当将与并网专栏台台资讯环质监测卫药险务业产权财税审计画项报评级况构标准规范体进电视号关联"
    "协会团场国贯彻执据数总结论证议决农经济统划学术医疗还众广压从现种积极条约类领渐扩张转变达对复员图书馆档库牵头负参确认读历届双点线创强细致优讲"
    "释该设备制齐严间机声属战无为为于订满维护奖惩检验选举题阳综气陆迟紧页链铺陈阵队阶随难响预颁显愿顾飞驻丽党龄银铁侨残运说过"
)
_PUNCTUATION: Final = {
    ",": "，",
    ";": "；",
    ":": "：",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
    "．": ".",
}
_TABLE: Final = (
    dict(zip(map(ord, _TRADITIONAL), _SIMPLIFIED, strict=True))
    | {ord(one): other for one, other in _PUNCTUATION.items()}
    | {0xFF10 + digit: str(digit) for digit in range(10)}
)


def plain(text: str) -> str:
    """The text as it is compared; the n-th character stays the n-th."""
    return text.translate(_TABLE)


def compact(text: str) -> str:
    """Without any blanks: copies put them between digits and Chinese at will."""
    return "".join(text.split())
