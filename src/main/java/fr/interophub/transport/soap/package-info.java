/**
 * The web services of the SAV protocol, both ways: what stands before the network (bounds, who calls), what reads and
 * writes envelopes, and the calls to the OCs. What a ticket may do is decided in {@code sav}.
 */
package fr.interophub.transport.soap;
