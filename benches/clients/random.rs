//! Numbers that look drawn and are the same each time: SplitMix64.

/// A source of numbers.
pub(crate) struct Random(u64);

impl Random {
    /// That of a seed and what tells it from others with the same seed.
    pub(crate) fn new(parts: &[u64]) -> Self {
        let mut random = Self(0);
        for part in parts {
            random.0 = random.next() ^ part;
        }
        random
    }

    /// The next 64 bits. Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below this one, which is not 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Whether something comes about. Unit: per cent.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        (self.below(100) as i64) < percent
    }

    /// About 0, seldom far from it: the sum of four numbers. Range: `-2 * width ..= 2 * width`.
    pub(crate) fn around(&mut self, width: i64) -> i64 {
        (0..4).map(|_| self.below(width as u64 + 1) as i64 - width / 2).sum()
    }

    /// One of them.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// One of them, each as likely as its share.
    pub(crate) fn by_share<'a, T>(&mut self, of: &'a [(T, u64)]) -> &'a T {
        let mut left = self.below(of.iter().map(|(_, share)| share).sum());
        let found = of.iter().find(|(_, share)| {
            let is_it = left < *share;
            left = left.saturating_sub(*share);
            is_it
        });
        &found.unwrap_or(&of[0]).0
    }
}
