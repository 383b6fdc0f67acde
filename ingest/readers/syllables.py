"""Tell whether a word is spelled as a Vietnamese syllable can be: by its letters alone, in no dictionary.

huyện = h + uyê(n) + nặng       nghị = ngh + i + nặng       huyÖn, ngheó, Reùunion: none
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
STOPPED = re.compile(r"(?:[ptc]|ch)$")  # such a syllable has no other tones than sắc and nặng
SHARP = {"\u0301", "\u0323"}

# The rimes of the written language, by their first letter.
RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu
    uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu ynh yt
"""
AFTER_QU = """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên êt êu
    i y ynh yt yên yêt ych it in iên iêt inh ôc ơ ơi ơn
"""
BEGINNING = (
    r"ngh(?=[eêi])|ng(?![eêi])|gh(?=[eêi])|gi|g(?![eê])|k(?=[eêiy])|kh|c(?![eêiyh])|[bdđhlmnrstvx]|ch|nh|ph|p|th|tr"
)


def either(words: str) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


SYLLABLE = re.compile(rf"(?:qu(?:{either(AFTER_QU)})|(?:{BEGINNING})?(?:{either(RIMES)})|gi)\Z")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Tell whether `word`, in any case and normal form, is a well-formed syllable of Vietnamese.

    >>> is_syllable("Huyện"), is_syllable("huyÖn")
    (True, False)
    """
    parted = unicodedata.normalize("NFD", word.lower())
    tones = TONE.findall(parted)
    toneless = unicodedata.normalize("NFC", TONE.sub("", parted))
    if len(tones) > 1 or not SYLLABLE.match(toneless):
        return False
    return not STOPPED.search(toneless) or bool(SHARP.intersection(tones))
