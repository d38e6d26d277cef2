/** `brownout/pact`: a consumer's own tests, against Pact's mock server. */
export { consumerPact, type ConsumerPactOptions, type StanceCase } from './consumer-pact.ts'
