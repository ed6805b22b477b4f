#!/usr/bin/env python3
"""A TMX of any size, the same for the same seed, for measuring `zm memory import`.

    python3 benches/memory_import.py 1000000 > /tmp/m.tmx
    /usr/bin/time -v target/release/zm memory import /tmp/m.tmx --into /tmp/m.tsv

Units are put together from words at random; no two thousand are alike, one in
fifty has inline codes, one in a hundred is there before, one in a thousand has
no Chinese. `--plain` leaves all of that and the dates out.
"""
import argparse
import random
import sys
from xml.sax.saxutils import escape

ZH = "能源部 创世计划 供应链 韧性 委员会 报告 启动 投入 亿美元 人工智能 实验室 合作 出口 管制 半导体 标准 安全 数据 审查 国会 法案 政策 技术 研究 发展 计划 国家 战略 企业 市场".split()
EN = ("energy mission supply chain resilience commission report launch invest billion artificial "
      "intelligence laboratory cooperation export control semiconductor standard security data review "
      "congress bill policy technology research development plan national strategy enterprise market").split()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("units", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    out = sys.stdout
    out.reconfigure(encoding="utf-8")
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
              '<header creationtool="bench" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" '
              'srclang="zh-CN" datatype="plaintext"/>\n<body>\n')
    last = None
    for n in range(args.units):
        zh = "".join(rng.choices(ZH, k=rng.randint(4, 20))) + f"（第{n}条）。"
        en = " ".join(rng.choices(EN, k=rng.randint(6, 28))).capitalize() + f" (item {n})."
        about = ""
        zh, en = escape(zh), escape(en)
        if not args.plain:
            about = (f' changedate="20{rng.randint(10, 25)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}T'
                     f'{rng.randint(0, 23):02}0000Z" changeid="user{rng.randint(1, 40)}"')
            if n % 50 == 0:
                en = f'<bpt i="1" x="1">&lt;b&gt;</bpt>{en}<ept i="1">&lt;/b&gt;</ept>'
                zh = f'<bpt i="1" x="1">&lt;b&gt;</bpt>{zh}<ept i="1">&lt;/b&gt;</ept>'
            if n % 100 == 99 and last:
                zh, en = last
        zh_lang = "fr-FR" if n % 1000 == 500 and not args.plain else "zh-CN"
        out.write(f'  <tu tuid="{n}"{about}>\n    <prop type="x-document">doc{n // 200}.docx</prop>\n'
                  f'    <tuv xml:lang="{zh_lang}"><seg>{zh}</seg></tuv>\n'
                  f'    <tuv xml:lang="en-US"><seg>{en}</seg></tuv>\n  </tu>\n')
        last = (zh, en)
    out.write("</body>\n</tmx>\n")


if __name__ == "__main__":
    main()
