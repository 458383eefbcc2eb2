//! The pages that a build carries.

#[allow(dead_code)]
#[path = "../../build.rs"]
mod build;

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_page_of_the_web_part_is_in_the_list() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    let names =
        std::fs::read_dir(web).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<_> = names.filter_map(|name| Some(name.strip_suffix(".html")?.to_owned())).collect();
    assert_eq!(build::pages().map(str::to_owned).collect::<BTreeSet<_>>(), there);
}

#[test]
fn a_release_carries_no_pages_of_before() {
    assert!(build::may_use_old(false, true));
    assert!(!build::may_use_old(true, true) && !build::may_use_old(false, false));
}
