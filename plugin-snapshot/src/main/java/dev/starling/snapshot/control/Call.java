package dev.starling.snapshot.control;

/**
 * A kind of call: both ends name it by the same constant, so that they agree on what goes through
 * the socket. All three are records of texts, numbers, truth values, lists, maps of texts and other
 * such records.
 *
 * @param name the word on the wire, without spaces
 * @param arguments what the client sends
 * @param event what the daemon tells while it works
 * @param result what it answers
 */
public record Call<A, E, R>(String name, Class<A> arguments, Class<E> event, Class<R> result) {}
