//! Lines and rows of a stream of any length, within bounds.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;
