"""`gongkai sites discover`: from a portal's home page to the columns of its entry in a sites file."""

import dataclasses
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import ValidationError
from ruamel.yaml import YAML

from crawler.discover import Discovered, Match, MatchKind, discover
from crawler.tasks import site_task, wants_of
from db.facts import FetchOutcome
from gongkai.arguments import InputError, Lang, UnreachableError
from gongkai.progress import outcome_and_remedy
from plans.load import load_register, load_sites, parse
from plans.register import Register
from plans.sites import Column, Site, Sites
from plans.words import is_channel
from reports.writing import replace_files
from spiders.columns import MATCHED, likeness

LONGEST_NAME: Final = 40  # characters of a page title; the longest office's name seen has 27


@dataclass(frozen=True, slots=True)
class Search:
    """What one search found, and the portal's entry as it would stand in a sites file."""

    found: Discovered
    entry: Site


def search(url: str, register: Path, agency: str | None, sites: Path | None, lang: Lang) -> Search:
    """Search the portal at `url`. Of a portal that `sites` has, its entry says agency, aliases, delay and robots.
    Raises PlanFileError, InputError before anything is fetched, UnreachableError after it."""
    plan = load_register(register)
    listed = load_sites(sites).sites if sites is not None and sites.exists() else ()
    url = _home(url)
    before = next((site for site in listed if _is_same(site.url, url)), None)
    agency = agency or (before.agency if before else None)
    site = before or _new_site(plan, url, agency, [one.id for one in listed])
    wants = wants_of(plan, agency)
    if not any(want.columns for want in wants):
        whose = agency or plan.plan.id
        raise InputError(f"{register}: 台账没有为“{whose}”写明任何栏目 / the register names no column for {whose}")
    found = discover(site_task(site.model_copy(update={"columns": ()}), wants))
    if found.interrupted:
        raise KeyboardInterrupt
    if found.outcome is not FetchOutcome.OK:
        raise UnreachableError(_unreachable(url, found.outcome, lang))
    if before is None:
        name = _office(found.title) or site.name
        site = site.model_copy(update={"name": name, "agency": agency or name})
    return Search(found, site.model_copy(update={"columns": merged(site.columns, frozen(found.matches))}))


def frozen(matches: Sequence[Match]) -> tuple[Column, ...]:
    """The columns to write down: those that bear a wanted name, and the notice column. Each address once, unless
    one name would not lead every wanted name to it. Related columns stay out: under a name of the register their
    silence would become proof."""
    kept: list[Column] = []
    for match in matches:
        if match.kind is MatchKind.RELATED or any(_answers(column, match) for column in kept):
            continue
        kept.append(Column(name=match.column, url=match.url))
    return tuple(kept)


def merged(before: Sequence[Column], found: Sequence[Column]) -> tuple[Column, ...]:
    """The entry's columns stay as people wrote them; one whose name is now found elsewhere alone gets the new
    address; what is new comes first."""
    places = {column.url for column in found}
    fresh = [column for column in found if column.url not in {old.url for old in before}]
    result = []
    for old in before:
        moved = next((new for new in fresh if new.name == old.name and old.url not in places), None)
        result.append(old if moved is None else old.model_copy(update={"url": moved.url}))
        fresh = [new for new in fresh if new is not moved]
    return (*fresh, *result)


def write_entry(path: Path, entry: Site) -> None:
    """Add the entry to a sites file, or bring its columns up to date; comments stay. Raises PlanFileError where
    the file was edited into an error meanwhile, InputError where it cannot be written: it is then as before."""
    text = path.read_text(encoding="utf-8-sig") if path.exists() else "sites: []\n"
    if path.exists():
        load_sites(path)
    yaml = _yaml(text)
    tree = yaml.load(text)
    old = next((node for node in tree["sites"] if node["id"] == entry.id), None)
    if old is None:
        tree["sites"].fa.set_block_style()
        tree["sites"].append(entry_record(entry))
    elif entry.columns:
        _update_columns(old, entry.columns)
    stream = io.StringIO()
    yaml.dump(tree, stream)
    body = stream.getvalue().encode()
    parse(body, Sites, str(path))  # what would not be read again is not written
    try:
        replace_files({path: body})
    except OSError as error:
        raise InputError(f"--sites {path}: 无法写入 / cannot be written ({error.strerror})") from None


def entry_record(entry: Site) -> dict[str, Any]:
    """An entry as a sites file has it, without what is the default anyway."""
    return entry.model_dump(mode="json", exclude_defaults=True)


def entry_yaml(entry: Site) -> str:
    """The entry as text to be pasted below `sites:`."""
    stream = io.StringIO()
    _yaml("").dump([entry_record(entry)], stream)
    return stream.getvalue().rstrip("\n")


def record(result: Search) -> dict[str, Any]:
    """The machine-readable report."""
    found = result.found
    rows = {kind: [_row(match) for match in found.matches if match.kind is kind] for kind in MatchKind}
    return {
        "url": result.entry.url,
        "title": found.title,
        "platform": found.family,
        "requests": found.requests,
        "pages": found.pages,
        "errors": found.errors,
        "matched": rows[MatchKind.OWN],
        "related": rows[MatchKind.RELATED],
        "notices": rows[MatchKind.NOTICE],
        "not_found": list(found.not_found),
        "entry": entry_record(result.entry),
    }


def described(result: Search, lang: Lang) -> Iterator[str]:
    """The report in lines."""
    words, found = _WORDS[lang], result.found
    yield words["head"].format(
        url=result.entry.url, name=result.entry.name, family=found.family, requests=found.requests, pages=found.pages
    )
    for kind in MatchKind:
        matches = [match for match in found.matches if match.kind is kind]
        if matches or kind is MatchKind.OWN:
            yield words[kind.value].format(n=len(matches))
        for match in matches:
            name = f"{match.wanted}（{match.through}）" if match.through else match.wanted
            why = _WHY.get(match.why, match.why) if lang is Lang.ZH else match.why
            yield f"  {name} → {match.column}  {match.url}  {match.score:.2f} {why}"
    if found.not_found:
        yield words["not_found"].format(n=len(found.not_found), names="、".join(found.not_found))
    if found.errors:
        yield words["errors"].format(n=found.errors)


def written(path: Path, entry: Site, lang: Lang) -> str:
    return _WORDS[lang]["written"].format(path=path, id=entry.id, agency=entry.agency, n=len(entry.columns))


_WHY = {
    "same name": "同名",
    "same core": "主干相同",
    "one name holds the other": "名称包含",
    "shared characters": "字面相近",
    "notice column": "固定查阅",
}
_WORDS = {
    Lang.ZH: {
        "head": "{url}：{name}，平台 {family}；请求 {requests} 次，查找 {pages} 页",
        "own": "找到栏目 {n} 个（台账名称 → 网站栏目）：",
        "related": "名称相关的栏目 {n} 个（所载计入，所缺不作未公开；核实后可用台账名称写入网站清单）：",
        "notice": "通知公告类栏目 {n} 个（查错位发布）：",
        "not_found": "未找到 {n} 个：{names}",
        "errors": "有 {n} 个页面程序未能处理，结果可能不全",
        "written": "{path}：已写入 {id}（{agency}），栏目 {n} 个；请核对单位名称与编号",
    },
    Lang.EN: {
        "head": "{url}: {name}, platform {family}; {requests} requests, {pages} pages searched",
        "own": "{n} columns found (name in the register → column of the portal):",
        "related": "{n} columns of related names (what they hold counts, what they lack does not; once confirmed, "
        "write them into the sites file under the register's name):",
        "notice": "{n} notice columns (for what stands in the wrong place):",
        "not_found": "{n} not found: {names}",
        "errors": "{n} pages could not be handled by the program; the result may be incomplete",
        "written": "{path}: {id} ({agency}) written with {n} columns; check the agency's name and the id",
    },
}


def _row(match: Match) -> dict[str, Any]:
    row = dataclasses.asdict(match)
    del row["kind"]
    return row if match.through else {key: value for key, value in row.items() if key != "through"}


def _answers(column: Column, match: Match) -> bool:
    if match.kind is MatchKind.NOTICE:
        return (column.name, column.url) == (match.column, match.url)
    return column.url == match.url and likeness(match.wanted, column.name)[0] >= MATCHED


def _home(url: str) -> str:
    try:
        Site(id="portal", name="portal", agency="portal", url=url)
    except ValidationError:
        raise InputError(
            f"{url!r}：应为 http:// 或 https:// 开头的门户首页地址 / expected a home page, http:// or https://"
        ) from None
    return url if urlsplit(url).path else f"{url}/"


def _is_same(one: str, other: str) -> bool:
    return _place(one) == _place(other)


def _place(url: str) -> tuple[str, str, str]:
    """What tells portals apart: not the scheme, not www., not a final slash."""
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _new_site(register: Register, url: str, agency: str | None, taken: Sequence[str]) -> Site:
    name = urlsplit(url).netloc
    return Site(id=_new_id(register, url, agency, taken), name=name, agency=agency or name, url=url)


def _new_id(register: Register, url: str, agency: str | None, taken: Sequence[str]) -> str:
    """The id by which the register's `where` seems to mean this portal: the first label of its host, or a site that
    no obligation names but this agency's own. Else the label alone."""
    leads = _leads_by_site(register)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    text = urlsplit(url).netloc if host[-1:].isdigit() else host.split(".")[0]
    label = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40] or "site"
    own = [site for site, each in leads.items() if agency is not None and all(agency in lead for lead in each)]
    likely = [label] if label in leads else sorted(own, key=lambda site: -len(leads[site]))
    numbered = (f"{label}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (*likely, label, *numbered) if name not in taken)


def _leads_by_site(register: Register) -> dict[str, list[tuple[str, ...]]]:
    """Site id -> the leads of each obligation that names it."""
    leads: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for obligation in register.obligations:
        for where in obligation.where:
            if not is_channel(where):
                leads[where].append(obligation.lead)
    return leads


def _office(title: str) -> str:
    return "".join(character for character in title if character.isprintable())[:LONGEST_NAME].strip()


def _unreachable(url: str, outcome: FetchOutcome, lang: Lang) -> str:
    why = outcome_and_remedy(outcome.value, lang)
    return f"{url} 无法进入：{why}" if lang is Lang.ZH else f"{url} could not be entered: {why}"


def _yaml(text: str) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4_096  # addresses are not folded
    offset = 0 if re.search(r"^-\s", text, re.MULTILINE) else 2  # as the file has it
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    return yaml


def _update_columns(node: Any, columns: Sequence[Column]) -> None:  # noqa: ANN401 - ruamel's own tree
    """Nothing is put last: the comment above the next site hangs on the last line of this one."""
    if "columns" not in node:
        node.insert(len(node) - 1, "columns", [])
    rows = node["columns"]
    fresh = columns[: max(0, len(columns) - len(rows))]
    for row, column in zip(rows, columns[len(fresh) :], strict=False):
        if row["url"] != column.url:
            row["url"] = column.url
    for place, column in enumerate(fresh):
        rows.insert(place, column.model_dump(mode="json", exclude_defaults=True))
