/**
 * Facts as feeds state them, before anything is compiled: identifiers, packages, ranges, scores, dates. No prose ever enters here.
 *
 * <p>Statements are about a package in a <em>namespace</em>. A distribution's namespace is its os-release id and the release as the
 * vendor's advisories are keyed, joined by a colon: {@code debian:12}, {@code ubuntu:22.04}, {@code alpine:3.17}, {@code alpine:edge},
 * {@code almalinux:9}, {@code rhel:9}, {@code rocky:9}, {@code ol:8}, {@code amzn:2023}, {@code sles:15.3}, {@code opensuse-leap:15.1},
 * {@code photon:3.0}, {@code azurelinux:3.0}, {@code mariner:2.0}, {@code fedora:38}; rolling ones have no release: {@code wolfi}, {@code arch},
 * {@code debian:sid}. A language's namespace is its package-URL type: {@code pypi}, {@code npm}, {@code maven} (package
 * {@code group:artifact}), {@code golang}, {@code cargo}, {@code gem}, {@code composer}, {@code nuget}, {@code hex}, {@code pub},
 * {@code swift}, …; {@code bitnami} is keyed by component; {@code cpe} by {@code vendor:product}. Package names are normalised as
 * their package-URL type says (PyPI lower case with {@code -}, NuGet and Composer lower case).
 */
@NullMarked
package dev.holdfast.advisory.fact;

import org.jspecify.annotations.NullMarked;
