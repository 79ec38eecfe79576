"""Where is a browser on this machine?"""

import os
import shutil
from pathlib import Path
from typing import Final

NO_BROWSER: Final = (
    "未找到浏览器，须用脚本显示的栏目将判为“无法判定” / no browser found, columns drawn by scripts stay inconclusive: "
    "install chromium (apt install chromium-headless-shell fonts-noto-cjk, or: playwright install chromium) "
    "or set GONGKAI_BROWSER to its path"
)
_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLACES: Final = (
    "/usr/bin",
    "/usr/lib/chromium",
    "/snap/bin",
    "/opt/google/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS",
    "/Applications/Chromium.app/Contents/MacOS",
)
_DOWNLOADED: Final = (
    "chromium_headless_shell-*/chrome-*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
    "chromium-*/chrome-win*/chrome.exe",
)


def find_browser() -> str | None:
    """The path of a browser that Playwright can drive, None where there is none.

    GONGKAI_BROWSER goes first: a path, or `none` to do without. Then the one that `playwright install` fetched,
    then what the system has."""
    chosen = os.environ.get("GONGKAI_BROWSER", "").strip()
    if chosen:
        return None if chosen.lower() == "none" else shutil.which(chosen)
    return _downloaded() or _installed()


def _downloaded() -> str | None:
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    homes = (
        [Path(given)] if given else [Path.home() / p for p in (".cache/ms-playwright", "Library/Caches/ms-playwright")]
    )
    for home in homes:
        for pattern in _DOWNLOADED:
            found = sorted(home.glob(pattern)) if home.is_dir() else []
            if found:
                return str(found[-1])
    return None


def _installed() -> str | None:
    for name in _NAMES:
        found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(_PLACES))
        if found:
            return found
    chrome = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return str(chrome) if chrome.exists() else None
