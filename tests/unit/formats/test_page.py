"""The page of a linked document works in a real browser, with clicks and with the keyboard, and runs nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kzcite import jobs

PAPER = """# Тіл туралы

Бұл туралы айтылған [1, 45 б.; 2]. Тағы да [1]. Жоқ сілтеме [9]. <script>document.title="x"</script>

## Әдебиеттер

1. Омаров К.Т. Еңбек құқығы // Заңгер. – 2024. – № 1. – 45-54 б.
2. Қалиева Г.С. Құқық негіздері. – Алматы: Жеті жарғы, 2003. – 120 б.
3. Сыздық Р. Абай шығармаларының тілі. – Алматы: Ғылым, 1968. – 334 б.
"""


@pytest.fixture(scope="module")
def page() -> bytes:
    return jobs.link_page(jobs.link(PAPER), "kk")


def test_the_page_is_self_contained(page: bytes) -> None:
    text = page.decode()
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in text
    assert '<html lang="kk">' in text


def test_markers_and_entries_point_at_each_other(page: bytes) -> None:
    text = page.decode()
    assert 'class="m ok" href="#e1"' in text
    assert 'class="m bad"' in text
    assert 'id="e1"' in text
    assert 'href="#m1"' in text
    assert 'class="entry uncited" id="e3"' in text
    assert 'class="f-title"' in text


@pytest.mark.client
def test_the_page_works_in_a_browser(page: bytes, tmp_path: Path, program: Callable[[str], str]) -> None:
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    path = tmp_path / "paper.html"
    path.write_bytes(page)
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium")
    for one in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}",
    ):
        options.add_argument(one)
    browser = webdriver.Chrome(options, webdriver.ChromeService(program("chromedriver")))
    try:
        browser.get(path.as_uri())
        title = browser.title
        browser.find_element(By.ID, "m1").click()
        assert browser.current_url.endswith("#e1")
        assert browser.execute_script("return document.querySelector(':target').id") == "e1"
        browser.find_element(By.CSS_SELECTOR, "#e1 .back a").click()
        assert browser.current_url.endswith("#m1")
        browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        assert browser.execute_script("return document.activeElement.tagName") == "A"
        assert browser.title == title != "x"
        assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    finally:
        browser.quit()
