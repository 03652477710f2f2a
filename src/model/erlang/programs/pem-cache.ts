/** The process that holds the PEM files of distribution. */
export const PEM_CACHE = 'ssl_pem_cache_dist';
/** The request that empties it. */
export const CLEAR_REQUEST = 'unconditionally_clear_pem_cache';

/**
 * Makes a running node read its PEM files again for the next connection, which it would do by itself within two minutes. Distribution has a
 * cache of its own, which `ssl:clear_pem_cache/0` does not touch (`erlang/otp:lib/ssl/src/ssl_pem_cache.erl`). OTP does not document this
 * call; it is the same in OTP 24 to 29.
 */
export const CLEAR_PEM_CACHE = `gen_server:call(${PEM_CACHE}, {${CLEAR_REQUEST}, self()}, infinity)`;
