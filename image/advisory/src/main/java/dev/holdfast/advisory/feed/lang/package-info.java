/**
 * Databases of one language each, in formats of their own: RubySec, RustSec, FriendsOfPHP, the Node.js security working group, retire.js,
 * SAP's project KB and Victims. Each class specifies its format.
 */
@NullMarked
package dev.holdfast.advisory.feed.lang;

import org.jspecify.annotations.NullMarked;
