//! What a reviewer does to beads. Each edit keeps every sentence in one bead
//! and all in order, or changes nothing and says why.

use std::ops::Range;
use std::sync::Arc;

use super::{Alignment, Bead, Mark, alone, cut};
use crate::lang::Lang;

/// Why an edit is not possible, for the user.
pub(super) type Refusal = &'static str;

const GONE: Refusal = "there is no such bead";

impl Alignment {
    fn bead(&self, at: usize) -> Result<Bead, Refusal> {
        self.beads.get(at).cloned().ok_or(GONE)
    }

    fn replace(&mut self, range: Range<usize>, mut beads: Vec<Bead>) {
        beads.retain(|bead| !bead.of[Lang::Zh].is_empty() || !bead.of[Lang::En].is_empty());
        self.beads.splice(range, beads);
    }

    /// Marks a bead.
    ///
    /// # Errors
    /// There is no such bead.
    pub fn mark(&mut self, at: usize, mark: Mark) -> Result<(), Refusal> {
        self.beads.get_mut(at).ok_or(GONE)?.mark = mark;
        Ok(())
    }

    /// Accepts all beads with two sides and at least this score, and gives their number.
    pub fn accept_all(&mut self, least: f32) -> usize {
        let mut count = 0;
        for bead in &mut self.beads {
            let sure = bead.mark == Mark::Open && bead.score.is_some_and(|score| score >= least);
            if sure && !bead.one_sided() {
                bead.mark = Mark::Accepted;
                count += 1;
            }
        }
        count
    }

    /// Makes one bead of a bead and the one below it.
    ///
    /// # Errors
    /// There is none below.
    pub fn merge(&mut self, at: usize) -> Result<(), Refusal> {
        let above = self.bead(at)?;
        let below = self.bead(at + 1).map_err(|_| "there is no bead below")?;
        let range = |lang| above.of[lang].start..below.of[lang].end;
        let whole = Bead::new(range(Lang::Zh), range(Lang::En), Mark::Fixed);
        self.replace(at..at + 2, vec![whole]);
        Ok(())
    }

    /// Makes two beads of one: the second begins with this sentence, or with the second
    /// sentence where this is the first; the other side is cut where the lengths fit best. A
    /// bead of one sentence on each side becomes two with one side each.
    ///
    /// # Errors
    /// The bead is a single sentence.
    pub fn split(&mut self, at: usize, lang: Lang, sentence: u32) -> Result<(), Refusal> {
        let bead = self.bead(at)?;
        let lang = if bead.of[lang].is_empty() {
            lang.other()
        } else {
            lang
        };
        let (own, other) = (bead.of[lang].clone(), bead.of[lang.other()].clone());
        if own.len() + other.len() < 2 {
            return Err("a bead of one sentence has nothing to split");
        }
        let here = if sentence > own.start && sentence < own.end {
            sentence
        } else {
            own.start + 1
        };
        let there = if own.len() == 1 {
            // The only sentence stays with the first of the other side.
            other.end.min(other.start + 1 - u32::from(other.len() == 1))
        } else {
            self.balance(lang, &own, here, &other)
        };
        let part = |own: Range<u32>, other: Range<u32>| match lang {
            Lang::Zh => Bead::new(own, other, Mark::Fixed),
            Lang::En => Bead::new(other, own, Mark::Fixed),
        };
        let parts = vec![
            part(own.start..here, other.start..there),
            part(here..own.end, there..other.end),
        ];
        self.replace(at..at + 1, parts);
        Ok(())
    }

    /// Where the other side is cut so that its parts are as long as those of this side.
    fn balance(&self, lang: Lang, own: &Range<u32>, here: u32, other: &Range<u32>) -> u32 {
        if other.len() < 2 {
            return other.end;
        }
        let long = |lang, range: Range<u32>| -> usize {
            let all = self.slice(lang, &range).iter();
            all.map(|sentence| sentence.text.chars().count()).sum()
        };
        let whole = long(lang.other(), other.clone()) * long(lang, own.start..here);
        let wanted = whole / long(lang, own.clone()).max(1);
        let cuts = other.start + 1..other.end;
        let off = |cut: &u32| long(lang.other(), other.start..*cut).abs_diff(wanted);
        cuts.min_by_key(off).unwrap_or(other.end)
    }

    /// Moves a sentence to the bead above (with those before it) or below (with those after
    /// it), on its side alone.
    ///
    /// # Errors
    /// There is no bead there, or the bead has no such sentence.
    pub fn shift(
        &mut self,
        at: usize,
        lang: Lang,
        sentence: u32,
        down: bool,
    ) -> Result<(), Refusal> {
        let bead = self.bead(at)?;
        if !bead.of[lang].contains(&sentence) {
            return Err("there is no sentence on this side to move");
        }
        let (first, border) = if down {
            (at, sentence)
        } else {
            let above = at.checked_sub(1).ok_or("there is no bead above")?;
            (above, sentence + 1)
        };
        let mut upper = self.bead(first)?;
        let mut lower = self.bead(first + 1).map_err(|_| "there is no bead below")?;
        upper.of[lang].end = border;
        lower.of[lang].start = border;
        for bead in [&mut upper, &mut lower] {
            (bead.score, bead.mark) = (None, Mark::Fixed);
        }
        self.replace(first..first + 2, vec![upper, lower]);
        Ok(())
    }

    /// Takes a sentence out of its bead and accepts that it has no counterpart.
    ///
    /// # Errors
    /// The bead has no such sentence.
    pub fn omit(&mut self, at: usize, lang: Lang, sentence: u32) -> Result<(), Refusal> {
        let bead = self.bead(at)?;
        let (own, other) = (bead.of[lang].clone(), bead.of[lang.other()].clone());
        if !own.contains(&sentence) {
            return Err("there is no sentence on this side to mark as omitted");
        }
        // The other side stays with what is before, else with what comes after.
        let middle = if sentence > own.start {
            other.end
        } else {
            other.start
        };
        let part = |own: Range<u32>, other: Range<u32>, mark| match lang {
            Lang::Zh => Bead::new(own, other, mark),
            Lang::En => Bead::new(other, own, mark),
        };
        let parts = vec![
            part(own.start..sentence, other.start..middle, Mark::Open),
            part(sentence..sentence + 1, middle..middle, Mark::Accepted),
            part(sentence + 1..own.end, middle..other.end, Mark::Open),
        ];
        self.replace(at..at + 1, parts);
        Ok(())
    }

    /// Says that two sentences render each other: they become a fixed bead. Beads that stood
    /// across are taken apart; realigning puts what is left of them in order.
    ///
    /// # Errors
    /// There are no such sentences, or what is accepted or fixed stands across.
    pub fn pin(&mut self, zh: u32, en: u32) -> Result<(), Refusal> {
        let find = |lang, at| self.bead_of(lang, at).ok_or(GONE);
        let (one, other) = (find(Lang::Zh, zh)?, find(Lang::En, en)?);
        let range = one.min(other)..one.max(other) + 1;
        let run = self.beads.get(range.clone()).unwrap_or_default();
        if range.len() > 1 && run.iter().any(Bead::fixed) {
            return Err("something accepted or fixed stands between the two");
        }
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return Err(GONE);
        };
        let whole = |lang: Lang| first.of[lang].start..last.of[lang].end;
        let before = |b: &&Bead| b.of[Lang::Zh].end <= zh && b.of[Lang::En].end <= en;
        let after = |b: &&Bead| b.of[Lang::Zh].start > zh && b.of[Lang::En].start > en;
        let kept: Vec<Bead> = run.iter().take_while(before).cloned().collect();
        let mut then: Vec<Bead> = run.iter().rev().take_while(after).cloned().collect();
        then.reverse();
        let from = |lang: Lang| kept.last().map_or(whole(lang).start, |b| b.of[lang].end);
        let to = |lang: Lang| then.first().map_or(whole(lang).end, |b| b.of[lang].start);
        let mut beads = kept.clone();
        beads.extend(alone(from(Lang::Zh)..zh, from(Lang::En)..en));
        beads.push(Bead::new(zh..zh + 1, en..en + 1, Mark::Fixed));
        beads.extend(alone(zh + 1..to(Lang::Zh), en + 1..to(Lang::En)));
        beads.extend(then);
        self.replace(range, beads);
        Ok(())
    }

    /// Cuts a sentence in two at a byte of its text; both halves stay in their bead.
    ///
    /// # Errors
    /// There is no such sentence, or one half would be empty.
    pub fn cut(&mut self, lang: Lang, sentence: u32, at: usize) -> Result<(), Refusal> {
        let bead = self.bead_of(lang, sentence).ok_or(GONE)?;
        let place = sentence as usize;
        let sentences = Arc::make_mut(&mut self.sentences[lang]);
        let halves = sentences.get(place).and_then(|whole| cut(whole, at));
        let halves = halves.ok_or("the cursor stands at an end: there is nothing to cut off")?;
        sentences.splice(place..=place, halves);
        for (n, bead_) in self.beads.iter_mut().enumerate().skip(bead) {
            bead_.of[lang].end += 1;
            if n > bead {
                bead_.of[lang].start += 1;
            }
        }
        Ok(())
    }
}
