//! A part of the state that copies of it share: reading costs nothing, the first change after a copy copies this part and no
//! other. So a batch copies what it changes, and a refused command copies nothing.

use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

thread_local! {
    static COPIES: Cell<u64> = const { Cell::new(0) };
}

/// Parts that this thread has copied so far, because they were shared when they were changed.
pub fn copies() -> u64 {
    COPIES.get()
}

/// Copied on the first change after it was shared.
#[derive(Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    pub fn new(value: T) -> Self {
        Shared(Arc::new(value))
    }

    /// What is in it, where nobody else has it.
    pub fn into_inner(self) -> Option<T> {
        Arc::into_inner(self.0)
    }

    /// They are one and the same: nothing was changed in between. Two parts that are equal need not be.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        if Arc::get_mut(&mut self.0).is_none() {
            COPIES.set(COPIES.get() + 1);
        }
        Arc::make_mut(&mut self.0)
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || *self.0 == *other.0
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Shared::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_copies_what_is_shared_and_nothing_else() {
        let mut one = Shared::new(vec![1]);
        let other = one.clone();
        assert!(one.same(&other));
        let before = copies();
        one.push(2);
        assert_eq!(copies(), before + 1);
        assert!(!one.same(&other));
        assert_eq!((&*one, &*other), (&vec![1, 2], &vec![1]));
        let before: *const Vec<i32> = &*one;
        one.push(3);
        assert!(std::ptr::eq(before, &*one), "nobody else has it: it is changed in place");
        assert_eq!((one.into_inner(), other.clone().into_inner()), (Some(vec![1, 2, 3]), None));
    }
}
