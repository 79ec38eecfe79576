"""`gongkai explain`: the chain behind a verdict, from the clause to the archived page."""

import json
from collections.abc import Iterator

from db.reading import archived, stored_verdicts
from db.store import archive_folder, open_store
from gongkai.arguments import InputError, Lang, no_such_verdict
from reports.explanation import explanation
from reports.texts import Lang as ReportLang

MAX_CHOICES = 20  # more than a screen of keys helps nobody to choose


def explain(key: str, db: str, *, as_json: bool, lang: Lang) -> Iterator[str]:
    """Lines for the terminal. Raises InputError where no verdict, or more than one, is meant."""
    engine = open_store(db, create=False)
    try:
        found = stored_verdicts(engine, key)
        if not found:
            raise no_such_verdict(key)
        if len(found) > 1:
            choices = "\n  ".join(verdict.key for verdict in found[:MAX_CHOICES])
            raise InputError(f"{key}: 有 {len(found)} 条判定，请写明其一 / more than one verdict:\n  {choices}")
        evidence = found[0].body.get("evidence")
        kept = archived(engine, evidence) if evidence else None
        where = f"{archive_folder(db) / kept.file} @ {kept.offset}" if kept else None
    finally:
        engine.dispose()
    if as_json:
        yield json.dumps({"key": found[0].key, "archived": where} | found[0].body, ensure_ascii=False)
        return
    body = found[0].body | {"as_of": found[0].as_of.isoformat()}
    yield from explanation(found[0].key, body, where, ReportLang(lang.value))
