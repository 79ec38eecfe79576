"""What one crawl did, in figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """`interrupted` means that the same command will continue the crawl. `counts` has requests, list_pages, rows,
    articles, sites, sites_failed, and one figure for each fetch outcome and each reason to stop."""

    crawl: int
    resumed: bool
    interrupted: bool
    counts: dict[str, int]
    unreachable: tuple[tuple[str, str], ...] = ()  # (site, outcome)
