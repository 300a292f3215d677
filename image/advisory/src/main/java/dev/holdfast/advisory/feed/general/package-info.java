/**
 * What is known of flaws whatever the package: the National Vulnerability Database, CISA's list of exploited ones, EPSS scores, suppliers'
 * OpenVEX statements, GitHub's advisories as its API gives them, and the ends of life of releases.
 */
@NullMarked
package dev.holdfast.advisory.feed.general;

import org.jspecify.annotations.NullMarked;
