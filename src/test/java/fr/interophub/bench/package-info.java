/** Measures, each with a bare baseline in the same run; started by {@code bench/run}, never by the tests. */
package fr.interophub.bench;
