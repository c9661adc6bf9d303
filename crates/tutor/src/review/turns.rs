use super::Day;

/// Another one of equals comes first each day, and on the same day always the same one.
pub fn take_turns<T>(equals: &mut [T], today: Day) {
    let count = i32::try_from(equals.len()).unwrap_or(i32::MAX).max(1);
    equals.rotate_left(usize::try_from(today.0.rem_euclid(count)).unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_equals_is_first_in_turn() {
        let first = |day: i32| {
            let mut equals = ['a', 'b', 'c'];
            take_turns(&mut equals, Day(day));
            equals[0]
        };
        assert_eq!([-1, 0, 1, 2, 3].map(first), ['c', 'a', 'b', 'c', 'a']);
        take_turns::<u8>(&mut [], Day(5));
    }
}
