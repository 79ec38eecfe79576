"""Chinese section numerals and numbers below ten thousand."""

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """21 -> 二十一. Above 99 (no outline counts so far) in Arabic digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def value(numeral: str) -> int:
    """二十一, 〇 or 21 -> the number; 0 where it is none."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral[:6])
    head, ten, tail = numeral.partition("十")
    if not ten:
        return max(0, _DIGITS.find(numeral)) if len(numeral) == 1 else 0
    return (max(0, _DIGITS.find(head)) if head else 1) * 10 + (max(0, _DIGITS.find(tail)) if tail else 0)
