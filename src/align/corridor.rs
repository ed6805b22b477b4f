//! Where the path through the two texts may run: for each place between two
//! Chinese sentences the English places that are considered.

/// First and last English place of every Chinese place; both never fall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Corridor {
    pub(super) low: Vec<u32>,
    pub(super) high: Vec<u32>,
}

impl Corridor {
    /// `margin` places on every side of a path of points, each not before the last in either text.
    /// The path begins at (0, 0) and ends at (`zh`, `en`), whatever the points.
    pub(super) fn along(points: &[(u32, u32)], zh: u32, en: u32, margin: u32) -> Self {
        let mut low = vec![u32::MAX; zh as usize + 1];
        let mut high = vec![0; zh as usize + 1];
        let mut put = |i: u32, from: u32, to: u32| {
            let i = i as usize;
            low[i] = low[i].min(from.saturating_sub(margin));
            high[i] = high[i].max(to.saturating_add(margin).min(en));
        };
        let mut last = (0, 0);
        for &(i, j) in points.iter().chain([&(zh, en)]) {
            let (i0, j0) = last;
            let (rows, columns) = (i - i0, j - j0);
            // A small gap is open as a whole; in a large one the path keeps to the diagonal.
            let open = u64::from(rows) * u64::from(columns) <= OPEN;
            for row in i0..=i {
                let at = |row: u32| {
                    let along = u64::from(row - i0) * u64::from(columns) / u64::from(rows.max(1));
                    j0 + along as u32
                };
                let wide = (columns / 8).max(margin) * u32::from(!open && columns > 0);
                if open {
                    put(row, j0, j);
                } else {
                    put(
                        row,
                        at(row).saturating_sub(wide),
                        at((row + 1).min(i)).saturating_add(wide),
                    );
                }
            }
            last = (i, j);
        }
        let mut corridor = Self { low, high };
        corridor.mend(en, margin / 4);
        corridor
    }

    /// Gives every row the reach of its neighbours within `reach`, and makes the whole one way.
    fn mend(&mut self, en: u32, reach: u32) {
        let rows = self.low.len();
        let reach = reach as usize;
        let low = (0..rows).map(|i| self.low[(i + reach).min(rows - 1)].min(self.low[i]));
        let mut low: Vec<u32> = low.collect();
        let high = (0..rows).map(|i| self.high[i.saturating_sub(reach)].max(self.high[i]));
        let mut high: Vec<u32> = high.collect();
        // Towards earlier rows nothing may begin later, towards later rows nothing end earlier.
        for i in (1..rows).rev() {
            low[i - 1] = low[i - 1].min(low[i]);
        }
        for i in 1..rows {
            high[i] = high[i].max(high[i - 1]);
        }
        low[0] = 0;
        high[rows - 1] = en;
        self.low = low;
        self.high = high;
    }
}

/// A gap of no more cells than this is searched as a whole.
const OPEN: u64 = 40_000;
