/** Tests of the forms of this capability. */
