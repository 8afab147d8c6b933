/**
 * The hub by its front door only: the packaged jar in a process of its own, an OC by SFTP, an SI by REST. Nothing here
 * knows a class of the hub.
 */
package fr.interophub.crash;
