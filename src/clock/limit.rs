//! How often one caller may ask: a bucket for each, full at first, that fills again by the steady clock.

use crate::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// Callers that are counted at once; who comes beyond them, while all of them are busy, is not.
const CALLERS_MAX: usize = 4_096;

#[derive(Debug)]
pub struct Limit {
    buckets: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, Clock, NoOpMiddleware<Duration>>,
    clock: Clock,
}

impl governor::clock::Clock for Clock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.steady()
    }
}

impl Limit {
    pub fn new(quota: Quota, clock: Clock) -> Self {
        Limit { buckets: RateLimiter::new(quota, HashMapStateStore::default(), clock.clone()), clock }
    }

    /// Counts a call from this address.
    ///
    /// # Errors
    /// How long to wait, where it has called too often.
    pub fn admit(&self, from: IpAddr) -> Result<(), Duration> {
        if self.buckets.len() >= CALLERS_MAX {
            // Who has been quiet for long enough has a full bucket, as one who never came.
            self.buckets.retain_recent();
            if self.buckets.len() >= CALLERS_MAX {
                return Ok(());
            }
        }
        self.buckets.check_key(&site(from)).map_err(|busy| busy.wait_time_from(self.clock.steady()))
    }
}

/// One address, or the /64 that one device may roam in.
pub fn site(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kernel::time::Millis;
    use std::net::Ipv4Addr;
    use std::num::NonZeroU32;

    #[test]
    fn a_caller_waits_until_the_bucket_has_filled_and_others_do_not() {
        let (clock, hand) = Clock::manual(Millis(0));
        let limit = Limit::new(Quota::per_minute(const { NonZeroU32::new(120).unwrap() }), clock);
        let [one, other] = [1, 2].map(|n| IpAddr::V4(Ipv4Addr::new(192, 168, 1, n)));
        assert!((0..120).all(|_| limit.admit(one).is_ok()));
        assert_eq!(limit.admit(one), Err(Duration::from_millis(500)));
        assert_eq!(limit.admit(other), Ok(()));
        hand.advance(Duration::from_secs(20));
        assert_eq!((0..120).filter(|_| limit.admit(one).is_ok()).count(), 40);
    }

    #[test]
    fn callers_are_bounded_and_the_quiet_ones_make_room() {
        let (clock, hand) = Clock::manual(Millis(0));
        let limit = Limit::new(Quota::per_minute(NonZeroU32::MIN), clock);
        for n in 0..10_000_u32 {
            assert_eq!(limit.admit(IpAddr::V4(Ipv4Addr::from(n))), Ok(()));
            assert!(limit.buckets.len() <= CALLERS_MAX);
        }
        hand.advance(Duration::from_secs(121));
        let late = IpAddr::V4(Ipv4Addr::from(20_000));
        assert_eq!(limit.admit(late), Ok(()));
        assert!(limit.admit(late).is_err());
        assert_eq!(limit.buckets.len(), 1);
    }
}
