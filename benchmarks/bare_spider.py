"""What a crawler costs that follows every link and stores nothing: the yardstick.

python -m benchmarks.bare_spider URL [URL ...]     prints the number of responses
"""

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor


class BareSpider(scrapy.Spider):
    name = "bare"
    links = LinkExtractor()

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.start_urls = urls
        self.places = {urlsplit(url).netloc for url in urls}
        self.pages = 0

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        self.pages += 1
        if not isinstance(response, scrapy.http.HtmlResponse):
            return
        for link in self.links.extract_links(response):
            if urlsplit(link.url).netloc in self.places:
                yield scrapy.Request(link.url)


def main() -> None:
    settings = {"LOG_ENABLED": False, "ROBOTSTXT_OBEY": False, "TELNETCONSOLE_ENABLED": False, "RETRY_ENABLED": False}
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, urls=sys.argv[1:])
    process.start()
    print(crawler.spider.pages)


if __name__ == "__main__":
    main()
