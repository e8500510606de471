"""Resources of the AWS provider, in the nouns of the model: one file a noun, found by the type of the resource."""
