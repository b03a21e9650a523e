#!/usr/bin/env bash
# Makes the cards' fonts anew: subsets of open fonts, in the order in which they
# are tried. Needs npm, python3 and pyftsubset (Debian: fonttools).
#
#   assets/fonts/make.sh
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# family VERSION: fetch a family and keep its licence.
family() {
  (cd "$work" && npm pack --silent "@expo-google-fonts/$1@$2" >/dev/null && mkdir -p "$1" &&
    tar xzf "expo-google-fonts-$1-$2.tgz" -C "$1" --strip-components=1)
  cp "$work/$1/LICENSE_FONT" "OFL-$1.txt"
}

# subset SOURCE TARGET OPTIONS…: cut a font down to some characters.
subset() {
  pyftsubset "$work/$1" --output-file="$2" --layout-features='*' --no-hinting --drop-tables+=DSIG,STAT,meta \
    --name-IDs=0,1,2,3,4,5,6,13,14 "${@:3}"
}

# characters CODEC: all that a legacy set of a CJK language holds.
characters() {
  python3 - "$1" "$work/$1.txt" <<'PY'
import sys
codec, target = sys.argv[1:]
found = set()
for a in range(0xa1, 0xff):
    for b in range(0x40, 0xff):
        try:
            found |= set(bytes([a, b]).decode(codec))
        except UnicodeDecodeError:
            pass
open(target, 'w').write(''.join(sorted(c for c in found if ord(c) > 0x2e7f)))
PY
}

family inter 0.4.2
for weight in 400Regular 600SemiBold; do
  case $weight in 600*) name=11-inter-bold ;; *) name=10-inter ;; esac
  subset "inter/$weight/Inter_$weight.ttf" "$name.ttf" \
    --unicodes=U+0020-052F,U+1AB0-1AFF,U+1D00-1DBF,U+1DC0-1FFF,U+2000-206F,U+2070-218F,U+2190-21FF,U+2200-22FF,U+2500-25FF,U+2C60-2C7F,U+A720-A7FF,U+FB00-FB06,U+FFFD
done

for script in arabic hebrew thai devanagari; do
  case $script in arabic) v=0.4.3 n=20 ;; hebrew) v=0.4.1 n=21 ;; thai) v=0.4.2 n=22 ;; *) v=0.4.1 n=23 ;; esac
  family "noto-sans-$script" $v
  source=$(cd "$work" && echo "noto-sans-$script"/500Medium/*.ttf)
  subset "$source" "$n-noto-sans-$script.ttf" --unicodes='*'
done

family noto-sans-jp 0.4.3
characters euc_jp
subset noto-sans-jp/500Medium/NotoSansJP_500Medium.ttf 30-noto-sans-jp.ttf --text-file="$work/euc_jp.txt" \
  --unicodes=U+0020,U+00A0,U+3000-30FF,U+31F0-31FF,U+FF00-FFEF,U+2460-24FF,U+3200-33FF
family noto-sans-kr 0.4.3
characters euc_kr
subset noto-sans-kr/500Medium/NotoSansKR_500Medium.ttf 31-noto-sans-kr.ttf \
  --text-file=<(python3 -c "print(''.join(c for c in open('$work/euc_kr.txt').read() if '가' <= c <= '힣'))") --unicodes=U+0020,U+00A0,U+3130-318F,U+1100-11FF
family noto-sans-sc 0.4.3
characters gb2312
subset noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf 32-noto-sans-sc.ttf --text-file="$work/gb2312.txt" --unicodes=U+0020,U+00A0
family noto-sans-tc 0.4.3
characters big5
subset noto-sans-tc/500Medium/NotoSansTC_500Medium.ttf 33-noto-sans-tc.ttf \
  --text-file=<(python3 -c "print(''.join(c for c in open('$work/big5.txt').read() if c.encode('big5') < b'\xc9'))") --unicodes=U+0020,U+00A0

family noto-sans-symbols 0.4.1
subset noto-sans-symbols/500Medium/NotoSansSymbols_500Medium.ttf 40-noto-sans-symbols.ttf --unicodes='*'
family noto-sans-symbols-2 0.4.1
subset noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf 41-noto-sans-symbols-2.ttf \
  --unicodes=U+2300-23FF,U+2580-27BF,U+2B00-2BFF,U+1F000-1F02F,U+1F0A0-1F0FF,U+1F780-1F8FF
family noto-emoji 0.4.7
subset noto-emoji/500Medium/NotoEmoji_500Medium.ttf 50-noto-emoji.ttf --unicodes='*'

# Lists of glyphs instead of ranges: go-text/typesetting 0.3.5 passes over the ranges
# of a rule that come after a long one, so that Arabic letters did not join
# (github.com/go-text/typesetting/issues/278).
python3 - ./*.ttf <<'PY'
import sys
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

def listed(self, font):
    self.Format = 1
    return {'GlyphArray': sorted(self.glyphs or [], key=font.getGlyphID)}

otTables.Coverage.preWrite = listed
for name in sys.argv[1:]:
    font = TTFont(name, recalcTimestamp=False)
    for tag in ('GSUB', 'GPOS'):
        if tag in font:
            font[tag].ensureDecompiled(recurse=True)
    font.save(name)
PY

du -ch ./*.ttf | tail -1
