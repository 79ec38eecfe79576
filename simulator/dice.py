"""Seeded chance: the same words give the same throws, on every machine and in every run."""

import random


def dice(*words: object) -> random.Random:
    return random.Random("\x1f".join(map(str, words)))  # noqa: S311 - chance for a play, not for a lock
