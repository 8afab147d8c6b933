/**
 * The drawings of the routes while the hub runs: those of the jar, and over them, file by file, those that a site's engineers
 * keep in a watched folder ({@code hub.routes}).
 *
 * <p>Owns the words <em>dessin</em> (one route file) and <em>épreuve</em> (the trial of a set of drawings in a context that
 * consumes nothing). A drawing replaces another only once it has passed; what is running stays otherwise (decision
 * Routes-Draw).
 */
package fr.interophub.transport.routes;
