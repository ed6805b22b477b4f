//! Foreign names written by their sound: 卡特里娜 Katrina.

use crate::text::pinyin::reading;

/// The characters that foreign names are commonly written with.
const SOUNDS: &str = "阿埃艾爱安昂奥澳巴白拜班邦包保鲍贝本比彼边宾波玻伯博布采蔡策查柴昌茨达大戴丹当道德\
    登邓狄迪蒂丁东杜敦多恩尔厄法凡范菲费芬丰冯弗福甫富盖甘冈戈哥格葛根贡古瓜圭哈海罕汉豪赫黑亨洪胡华怀惠霍基\
    吉季加贾简姜杰金津京喀卡开凯坎康考柯科克肯孔库宽奎昆拉莱赖兰朗劳勒雷黎里理利莉丽莲良列林琳留刘龙隆卢鲁吕伦\
    罗洛马玛迈麦曼芒毛梅门蒙孟弥米密缅敏摩莫墨默姆穆拿娜纳南瑙内嫩尼妮涅宁纽农努诺欧帕派潘庞佩彭皮匹平坡珀普\
    奇契恰强乔切钦琼丘让热仁日荣茹儒瑞若撒萨塞赛桑瑟森沙莎绍舍申圣施什史士舒朔丝司斯思苏索塔泰坦唐汤陶特腾提\
    汀廷图土托瓦万旺威韦维魏温文沃乌武伍西希锡夏香逍谢辛欣兴休修叙雪逊雅亚延扬尧耶叶伊衣以因印英永尤于约云泽扎\
    詹珍芝治兹祖佐叔塑坚";

/// Whether a word may be a piece of a foreign name.
pub(super) fn foreign(word: &str) -> bool {
    word.chars().all(|c| SOUNDS.contains(c))
}

/// Whether a Chinese word sounds like an English one: as far as both have the
/// same kinds of consonants in the same order.
pub(super) fn sounds(zh: &str, en: &str) -> bool {
    let (zh, en) = (chinese(zh), english(en));
    if zh.len() < 2 || en.len() < 2 {
        return false;
    }
    let mut common = vec![0; en.len() + 1];
    for a in &zh {
        let mut before = 0;
        for (at, b) in en.iter().enumerate() {
            let above = common.get(at + 1).copied().unwrap_or(0);
            let left = common.get(at).copied().unwrap_or(0);
            let here = if a == b { before + 1 } else { above.max(left) };
            before = above;
            if let Some(cell) = common.get_mut(at + 1) {
                *cell = here;
            }
        }
    }
    let same = common.last().copied().unwrap_or(0);
    same * 8 >= (zh.len() + en.len()) * 3 && zh.first() == en.first()
}

/// The kind of a consonant; `None` for a vowel.
fn kind(letter: char) -> Option<char> {
    Some(match letter {
        'b' | 'p' => 'p',
        'd' | 't' => 't',
        'g' | 'k' | 'q' => 'k',
        'f' | 'v' | 'w' => 'f',
        'l' | 'r' => 'l',
        's' | 'z' | 'j' | 'c' => 's',
        'h' | 'm' | 'n' => letter,
        _ => return None,
    })
}

fn push(kinds: &mut Vec<char>, kind: char) {
    if kinds.last() != Some(&kind) {
        kinds.push(kind);
    }
}

/// The consonants of a Chinese word as it is read.
fn chinese(word: &str) -> Vec<char> {
    let mut kinds = Vec::new();
    for read in word.chars().filter_map(reading) {
        match read.chars().next() {
            Some('x' | 'q') => push(&mut kinds, 's'),
            Some(first) => {
                if let Some(kind) = kind(first) {
                    push(&mut kinds, kind);
                }
            }
            None => {}
        }
        if read == "er" {
            push(&mut kinds, 'l');
        } else if read.ends_with(['n', 'g']) {
            push(&mut kinds, 'n');
        }
    }
    kinds
}

/// The consonants of an English word that are heard in most languages it may be from.
fn english(word: &str) -> Vec<char> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    let vowel = |c: Option<&char>| c.is_some_and(|c| "aeiouy".contains(*c));
    let mut kinds = Vec::new();
    let mut rest = letters.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let next = behind.first();
        rest = behind;
        match (first, next) {
            ('p', Some('h')) => push(&mut kinds, 'f'),
            ('c', Some('h')) if behind.get(1) != Some(&'r') => push(&mut kinds, 's'),
            ('c', next) if !matches!(next, Some('e' | 'i' | 'y')) => push(&mut kinds, 'k'),
            ('x', _) => {
                push(&mut kinds, 'k');
                push(&mut kinds, 's');
            }
            // Heard before a vowel only.
            ('r' | 'h', next) if !vowel(next) => {}
            (letter, _) => {
                if let Some(kind) = kind(*letter) {
                    push(&mut kinds, kind);
                }
            }
        }
        let nasal = (first, next) == (&'n', Some(&'g')) && !vowel(behind.get(1));
        if nasal || matches!((first, next), ('p' | 'c' | 's' | 't', Some('h'))) {
            rest = behind.get(1..).unwrap_or_default();
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_heard() {
        for (zh, en) in [
            ("卡特里娜", "Katrina"),
            ("麦考利", "Macaulay"),
            ("萨默塞特", "Somerset"),
            ("布鲁金斯", "Brookings"),
            ("克里斯汀", "Christine"),
        ] {
            assert!(foreign(zh) && sounds(zh, en), "{zh} {en}");
        }
        for (zh, en) in [
            ("冲锋枪", "Thompson"),
            ("卡特", "Reagan"),
            ("莎士", "Booth"),
        ] {
            assert!(!sounds(zh, en), "{zh} {en}");
        }
    }
}
