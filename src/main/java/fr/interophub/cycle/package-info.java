/**
 * Walks a state table; draws it.
 *
 * <p>Keeps no state and knows no protocol: what the table does not say is {@code HORS_SEQUENCE}, which is for the caller to
 * answer.
 *
 * <p>May know: {@code catalogue}. Imports neither Spring nor Camel.
 */
package fr.interophub.cycle;
