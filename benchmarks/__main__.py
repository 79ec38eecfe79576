"""`make bench`: every measurement, one after the other."""

from benchmarks import crawling

if __name__ == "__main__":
    crawling.main()
