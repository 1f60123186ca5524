//! The kinds of mistakes that are found here; those of the small languages have their codes in `kfp-grammar`.

use kfp_grammar::Code;

pub(crate) const EXPRESSION: Code = Code(460);
pub(crate) const WHEN: Code = Code(461);
pub(crate) const DEPENDS: Code = Code(462);
pub(crate) const REFERENCE: Code = Code(463);
pub(crate) const EDGE: Code = Code(464);
pub(crate) const RESERVED: Code = Code(465);
pub(crate) const TAG: Code = Code(466);
pub(crate) const LOOP: Code = Code(467);
pub(crate) const PATCH: Code = Code(468);
pub(crate) const MEMO_KEY: Code = Code(469);
pub(crate) const CRD_LIMIT: Code = Code(470);
pub(crate) const SIZE: Code = Code(471);
pub(crate) const KIND: Code = Code(472);
pub(crate) const TWICE: Code = Code(473);
pub(crate) const CALL: Code = Code(474);
pub(crate) const CONSTANT: Code = Code(475);
pub(crate) const NOT_TEXT: Code = Code(476);
pub(crate) const FIELD: Code = Code(477);
pub(crate) const GONE: Code = Code(478);
pub(crate) const RESOURCE: Code = Code(479);
pub(crate) const RESULT: Code = Code(480);
pub(crate) const UNUSED: Code = Code(481);
pub(crate) const CYCLE: Code = Code(482);
