//! The journal on disks that crash, lie and rot.

mod crashing;
mod damage;
mod frozen;
mod simulation;
