import { keptByTerraform } from './terraform-text';

/**
 * Text as a Terraform string that means exactly this text. Terraform reads `${…}` and `%{…}` in every string as a template, and a doubled
 * first character as the two characters themselves.
 */
export function terraformLiteral(text: string): string {
  return keptByTerraform('text for Terraform', text).replace(/[$%](?=\{)/g, (character) => character + character);
}
