"""Why a document cannot be read as a plan."""


class PlanImportError(Exception):
    """Raised when a document yields no plan: unreadable, empty, protected, scanned, too large, or no plan at all.
    `zh` and `en` are one line each and say what to mend; `str()` is the Chinese one."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(zh, en)

    def __str__(self) -> str:
        return self.zh
