//! The way through a list that may change at every step.

/// Where a reply leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the same place once more.
    Again,
    /// To what comes after it.
    Next,
    /// To what came before it.
    Back,
}

/// What comes after a place, once the list has become another. A place that is not there any more is
/// followed by the first of those behind it that is.
pub(super) fn after<T: PartialEq + Clone>(old: &[T], new: &[T], place: &T) -> Option<T> {
    if let Some(at) = new.iter().position(|each| each == place) {
        return new.get(at + 1).cloned();
    }
    let at = old.iter().position(|each| each == place)?;
    old[at + 1..].iter().find(|each| new.contains(each)).cloned()
}

/// What comes before a place; the place itself where it is the first.
pub(super) fn before<T: PartialEq + Clone>(list: &[T], place: &T) -> T {
    let at = list.iter().position(|each| each == place).unwrap_or(0);
    list.get(at.saturating_sub(1)).unwrap_or(place).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_changes_is_walked_to_its_end() {
        assert_eq!(after(&[1, 2, 3], &[1, 2, 9, 3], &2), Some(9));
        assert_eq!(after(&[1, 2, 3, 4], &[1, 4], &2), Some(4));
        assert_eq!(after(&[1, 2], &[1, 2], &2), None);
        assert_eq!((before(&[1, 2], &2), before(&[1, 2], &1)), (1, 1));
    }
}
