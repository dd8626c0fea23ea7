//! Installing and reading, in every order in which threads can do it.
//!
//! What is explored are `protocol.rs` and `changing.rs` of the library, the files that it is built from. What is not,
//! its `cells.rs` says.
#![cfg(test)]

extern crate alloc;

#[path = "../featuregate/src/memory/changing.rs"]
mod changing;
mod process;
#[path = "../featuregate/src/memory/protocol.rs"]
mod protocol;

use std::sync::Arc;

use loom::thread;

use process::{A, B, Changing, Process};

#[test]
fn of_installs_that_overlap_in_another_order_one_gets_all() {
    loom::model(|| {
        let process = Arc::new(<Process>::new());
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.install(&[B, A], 2))
        };
        let first = process.install(&[A, B], 1);
        assert_eq!(other.join().unwrap(), !first);
        let winner = if first { 1 } else { 2 };
        for of in [A, B] {
            assert_eq!((process.values(of), process.installed(of)), ([winner; 2], Some(winner)));
        }
    });
}

#[test]
fn a_thread_that_gets_only_a_part_gives_it_back() {
    loom::model(|| {
        let process = Arc::new(<Process>::new());
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.install(&[B], 2))
        };
        let both = process.install(&[A, B], 1);
        assert_eq!(other.join().unwrap(), !both);
        if !both {
            assert_eq!((process.values(A), process.installed(A)), ([0; 2], None));
            assert_eq!((process.values(B), process.installed(B)), ([2; 2], Some(2)));
        }
        assert_eq!(process.install(&[A], 3), !both, "what was given back can be installed");
        assert!(!process.install(&[B], 4), "and what was installed stays");
    });
}

#[test]
fn of_three_of_which_one_overlaps_the_others_each_gets_all_or_nothing() {
    loom::model(|| {
        let process = Arc::new(<Process>::new());
        let others = [A, B].map(|of| {
            let process = Arc::clone(&process);
            thread::spawn(move || process.install(&[of], 2))
        });
        let both = process.install(&[A, B], 1);
        let others = others.map(|other| other.join().unwrap());
        for of in [A, B] {
            let winner = match (both, others[of]) {
                (true, false) => 1,
                (false, true) => 2,
                // A claim that is given back was waited for.
                neither => panic!("{neither:?} of enum {of}"),
            };
            assert_eq!((process.values(of), process.installed(of)), ([winner; 2], Some(winner)));
        }
    });
}

#[test]
fn a_check_sees_each_byte_before_or_after_and_never_goes_back() {
    loom::model(|| {
        let process = Arc::new(<Process>::new());
        let reader = {
            let process = Arc::clone(&process);
            thread::spawn(move || {
                let (once, again) = (process.values(A), process.values(A));
                for (once, again) in once.into_iter().zip(again) {
                    assert!([(0, 0), (0, 1), (1, 1)].contains(&(once, again)));
                }
            })
        };
        assert!(process.install(&[A], 1));
        assert_eq!(process.values(A), [1; 2], "a thread that installs sees it");
        reader.join().unwrap();
    });
}

#[test]
fn a_thread_that_starts_after_installing_sees_all_of_it() {
    loom::model(|| {
        let process = Arc::new(<Process>::new());
        assert!(process.install(&[A, B], 1));
        let reader = {
            let process = Arc::clone(&process);
            thread::spawn(move || [A, B].map(|of| (process.values(of), process.installed(of))))
        };
        assert_eq!(reader.join().unwrap(), [([1; 2], Some(1)); 2]);
    });
}

/// A reader beside an install: whichever enum's resolution it sees, it sees the values of both.
fn a_thread_that_sees_the_resolution_sees_its_values<const WEAK: bool>() {
    loom::model(|| {
        let process = Arc::new(Process::<false, WEAK>::new());
        let reader = {
            let process = Arc::clone(&process);
            thread::spawn(move || {
                for of in [A, B] {
                    if process.installed(of) == Some(1) {
                        assert_eq!([A, B].map(|of| process.values(of)), [[1; 2]; 2]);
                    }
                }
            })
        };
        assert!(process.install(&[B, A], 1));
        reader.join().unwrap();
    });
}

#[test]
fn a_thread_that_sees_what_was_installed_sees_its_values_of_all_enums() {
    a_thread_that_sees_the_resolution_sees_its_values::<false>();
}

#[test]
#[should_panic(expected = "assertion")]
fn a_slot_that_does_not_release_is_noticed() {
    a_thread_that_sees_the_resolution_sees_its_values::<true>();
}

/// Two installs: the thread that loses sees what the other one has installed.
fn a_thread_that_loses_sees_what_was_installed<const WEAK: bool>() {
    loom::model(|| {
        let process = Arc::new(Process::<WEAK, false>::new());
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.install(&[A, B], 2))
        };
        if !process.install(&[B], 1) {
            for of in [A, B] {
                assert_eq!((process.values(of), process.installed(of)), ([2; 2], Some(2)));
            }
        }
        other.join().unwrap();
    });
}

#[test]
fn a_thread_that_is_refused_sees_what_the_others_installed() {
    a_thread_that_loses_sees_what_was_installed::<false>();
}

#[test]
#[should_panic(expected = "assertion")]
fn a_state_that_does_not_order_is_noticed() {
    a_thread_that_loses_sees_what_was_installed::<true>();
}

#[test]
fn a_later_install_replaces_provisional_values_for_every_thread() {
    loom::model(|| {
        let process = Arc::new(<Process>::new());
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.install_provisionally(&[A, B], 1))
        };
        assert!(process.install(&[B], 2));
        let provisional = other.join().unwrap();
        assert_eq!((process.values(B), process.installed(B)), ([2; 2], Some(2)));
        let values = if provisional { [1; 2] } else { [0; 2] };
        assert_eq!((process.values(A), process.installed(A)), (values, None));
        assert!(process.install(&[A], 3), "what is provisional can be installed");
    });
}

/// Two provisional installs and one for good: the last one wins, also where a claim was given back between them.
fn the_last_install_has_the_last_word<const WEAK: bool>() {
    loom::model(|| {
        let process = Arc::new(Process::<WEAK, false>::new());
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.install_provisionally(&[A], 1))
        };
        let installs = process.install(&[A], 2);
        assert!(installs);
        other.join().unwrap();
        assert_eq!(process.values(A), [2; 2]);
    });
}

#[test]
fn what_is_installed_comes_after_what_was_provisional() {
    the_last_install_has_the_last_word::<false>();
}

#[test]
#[should_panic(expected = "assertion")]
fn a_claim_that_does_not_order_what_was_provisional_is_noticed() {
    the_last_install_has_the_last_word::<true>();
}

#[test]
fn of_changes_that_overlap_none_is_lost() {
    loom::model(|| {
        let process = Arc::new(Changing::new(0));
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.change(1))
        };
        process.change(2);
        other.join().unwrap();
        assert_eq!((process.values(), process.in_effect()), ([3; 2], 3));
    });
}

#[test]
fn a_refused_change_changes_nothing() {
    loom::model(|| {
        let process = Arc::new(Changing::new(4));
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || assert!(!process.refuse()))
        };
        process.change(1);
        other.join().unwrap();
        assert_eq!((process.values(), process.in_effect(), process.seen()), ([5; 2], 5, vec![5]));
    });
}

#[test]
fn a_thread_that_sees_what_is_in_effect_sees_its_values() {
    loom::model(|| {
        let process = Arc::new(Changing::new(0));
        let reader = {
            let process = Arc::clone(&process);
            thread::spawn(move || {
                let (in_effect, values) = (process.in_effect(), process.values());
                // The bits are set one after the other, so more bits are later.
                assert!(values.iter().all(|value| value & in_effect == in_effect), "{values:?}");
                let again = process.values();
                assert!(values.iter().zip(again).all(|(value, again)| value & again == *value));
            })
        };
        process.change(1);
        process.change(2);
        reader.join().unwrap();
    });
}

#[test]
fn an_observer_sees_each_change_once_in_order_with_its_values() {
    loom::model(|| {
        let process = Arc::new(Changing::new(0));
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.change(1))
        };
        process.change(2);
        other.join().unwrap();
        let seen = process.seen();
        assert!(seen == [1, 3] || seen == [2, 3], "{seen:?}");
    });
}

#[test]
fn an_observer_that_comes_between_changes_sees_those_after_it() {
    loom::model(|| {
        let process = Arc::new(Changing::new(0));
        let other = {
            let process = Arc::clone(&process);
            thread::spawn(move || process.change(1))
        };
        let late = process.observe();
        process.change(2);
        other.join().unwrap();
        let seen = late.take();
        assert!([&[1, 3][..], &[2, 3], &[3]].contains(&&*seen), "{seen:?}");
    });
}
